/** `npm run rebuild -- attendance [--fair ID] [--write] [flags of npm start]`: counters and presences, made from the log. */
import { rebuildAttendance } from '#libs/attendance';
import { besideServer, loadSettings, SettingsRefused } from '#libs/platform';

const usage = 'npm run rebuild -- attendance [--fair ID] [--write]   compares each fair’s counters with its log; --write repairs them, and its gates wait until it has';

async function main(): Promise<number> {
  const [what, ...rest] = process.argv.slice(2);
  if (what !== 'attendance') {
    console.error(usage);
    return 2;
  }
  const write = rest.includes('--write');
  const at = rest.indexOf('--fair');
  const only = at < 0 ? undefined : rest[at + 1];
  const flags = rest.filter((flag, n) => flag !== '--write' && (at < 0 || (n !== at && n !== at + 1)));
  const { database, close } = await besideServer(loadSettings(flags, process.env, 'all'));
  try {
    const fairs = await database.read.fair.findMany({ where: { isTemplate: false, ...(only && { id: only }) }, select: { id: true, name: true }, orderBy: { startsAt: 'asc' } });
    let wrong = 0;
    for (const { id, name } of fairs) {
      const { until, zones, presences, found, made, differences } = await rebuildAttendance(database, id, write);
      const verdict = found === made ? 'the same' : write ? 'REPAIRED' : 'DIFFERENT';
      console.log(`${id}  ${name}\n  until ${until}: ${zones} zones, ${presences} presences, ${verdict}\n  tables ${found}\n  log    ${made}`);
      for (const line of differences) console.log(`    ${line}`);
      if (found !== made && !write) wrong += 1;
    }
    if (fairs.length === 0) console.log('There is no such fair.');
    return wrong === 0 ? 0 : 1;
  } finally {
    await close();
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof SettingsRefused ? error.message : error);
  process.exitCode = 1;
}
