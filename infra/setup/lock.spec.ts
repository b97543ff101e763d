import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** The set-up is plain ESM, which jest does not load: another Node asks for the locks. */
describe('a lock of the set-up', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'fairwind-lock-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const mine = readFileSync(`/proc/${process.pid}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ')[19]!;

  it('is kept by who lives, and by nobody who has their number by now', () => {
    const owners = [null, `${process.pid} ${mine}`, `${process.pid} 1`, `${process.pid} `, String(process.pid), `${2 ** 22 + 1} 1`, ''];
    const files = owners.map((owner, n) => {
      const file = path.join(folder, `${n}.lock`);
      if (owner !== null) writeFileSync(file, owner);
      return file;
    });
    const program = `import { takeLock } from ${JSON.stringify(pathToFileURL(path.resolve('infra/setup/lock.mjs')).href)};
      console.log(JSON.stringify(${JSON.stringify(files)}.map((file) => takeLock(file))));`;
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' });
    expect([stderr, JSON.parse(stdout)]).toEqual(['', [true, false, true, false, false, true, true]]);
    expect(readFileSync(files[0]!, 'utf8')).toMatch(/^\d+ \d+$/);
  });
});
