import { randomUUID } from 'node:crypto';
import { scan } from '../support/world.js';
import type { Story } from './story.js';

/** The network swallowed the answer, so the device asks again with the same id: also when both arrive together. */
export const retryOfAScan: Story = {
  name: 'retry of a scan: the same id is one scan, and hears the same',
  async tell(world) {
    const bureau = await world.bureau();
    const { fair, gates } = await world.openFair(bureau);
    const device = await world.device(bureau, gates[0]!);
    const [first, second] = await world.walkIns(device, fair.id, 2);

    const id = randomUUID();
    const answers = await Promise.all(Array.from({ length: 8 }, () => scan(device, first!.code, 'entry', id)));
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(answers[0]!.admitted).toBe(true);
    expect(await scan(device, first!.code, 'entry', id)).toEqual(answers[0]);
    // A refused one too is told again as it was, though the reason has gone meanwhile.
    const refusedId = randomUUID();
    const refused = await scan(device, first!.code, 'entry', refusedId);
    expect(refused.reason).toBe('alreadyInside');
    await scan(device, first!.code, 'exit');
    expect(await scan(device, first!.code, 'entry', refusedId)).toEqual(refused);
    // The same id with another person's code stays the first one's.
    expect((await scan(device, second!.code, 'entry', id)).ticket!.id).toBe(first!.id);

    const [row] = await world.servers.query<{ scans: string; checkIns: string }>(
      `SELECT (SELECT count(*) FROM "Scan" WHERE "fairId" = $1) AS scans, (SELECT count(*) FROM "CheckIn" WHERE "fairId" = $1) AS "checkIns"`, [fair.id]);
    expect(row).toEqual({ scans: '3', checkIns: '2' });
  },
};
