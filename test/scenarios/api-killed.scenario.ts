import { randomUUID } from 'node:crypto';
import type { ScanResult } from '#libs/contracts';
import { scan } from '../support/world.js';
import type { Story } from './story.js';

/** TEST_KILLS: fewer, while somebody works on it. */
const KILLS = Number(process.env.TEST_KILLS ?? 50);
const GATES = 4;
const PEOPLE = 12;

/**
 * kill -9 at random moments while gates scan without a pause. Each gate asks about the same scan until it is answered, as the
 * scanner page does; what was answered must stand, once, and the counters must be what the answers say.
 */
export const apiKilled: Story = {
  name: `the api killed ${KILLS} times under load: no acknowledged scan is lost, none is there twice`,
  slow: true,
  within: 1_200_000,
  async tell(world) {
    const bureau = await world.bureau();
    const { fair, gates } = await world.openFair(bureau);
    const devices = await Promise.all(Array.from({ length: GATES }, () => world.device(bureau, gates[0]!)));
    const people = await world.walkIns(devices[0]!, fair.id, PEOPLE * GATES);
    const answered = new Map<string, ScanResult>();
    const inside = new Set<string>();
    let going = true;

    const untilAnswered = async (gate: number, code: string, direction: 'entry' | 'exit', id: string): Promise<ScanResult> => {
      for (;;) {
        try {
          return await scan(devices[gate]!, code, direction, id);
        } catch {
          // Nobody there, or an answer that the server took to its grave: the same again.
          await new Promise((resolve) => setTimeout(resolve, 50));
        }
      }
    };
    const guard = async (gate: number): Promise<void> => {
      for (let n = 0; going; n += 1) {
        const person = people[gate * PEOPLE + (n % PEOPLE)]!;
        const direction = inside.has(person.id) ? 'exit' : 'entry';
        const id = randomUUID();
        const result = await untilAnswered(gate, person.code, direction, id);
        expect([result.admitted, result.reason]).toEqual([true, null]);
        answered.set(id, result);
        if (direction === 'entry') inside.add(person.id);
        else inside.delete(person.id);
      }
    };
    const guards = devices.map((_, gate) => guard(gate));
    for (let kill = 0; kill < KILLS; kill += 1) {
      await new Promise((resolve) => setTimeout(resolve, 200 + Math.random() * 600));
      await world.servers.crash(kill % world.servers.urls.length);
    }
    going = false;
    await Promise.all(guards);

    const scans = await world.servers.query<{ id: string; admitted: boolean }>('SELECT id, admitted FROM "Scan" WHERE "fairId" = $1', [fair.id]);
    const kept = new Map(scans.map((row) => [row.id, row.admitted]));
    expect([...answered.keys()].filter((id) => kept.get(id) !== true)).toEqual([]);
    expect(scans).toHaveLength(answered.size);
    const [counts] = await world.servers.query<{ checkIns: number; presences: number; inside: number }>(`
      SELECT (SELECT count(*)::int FROM "CheckIn" WHERE "fairId" = $1) AS "checkIns", (SELECT count(DISTINCT "ticketId")::int FROM "Presence" WHERE "fairId" = $1) AS presences,
        (SELECT s.inside FROM "ZoneState" s JOIN "Zone" z ON z.id = s."zoneId" WHERE z."fairId" = $1 AND z."parentId" IS NULL) AS inside`, [fair.id]);
    expect(counts).toEqual({ checkIns: answered.size, presences: inside.size, inside: inside.size });
    const events = await world.servers.query<{ n: number }>(`SELECT count(*)::int AS n FROM "Event" WHERE "scopeId" = $1 AND type = 'checkIn.recorded'`, [fair.id]);
    expect(events[0]!.n).toBe(answered.size);
  },
};
