// Imported before everything else, so that an old Node says one sentence and not a syntax error.
const wanted = [20, 19];
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < wanted[0] || (major === wanted[0] && minor < wanted[1])) {
  console.error(`Fairwind needs Node ${wanted.join('.')} or later, and this is ${process.versions.node}. Install Node 24 and try again.`);
  process.exit(1);
}
