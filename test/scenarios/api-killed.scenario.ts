import { randomUUID } from 'node:crypto';
import type { ScanResult } from '#libs/contracts';
import { counted } from '../support/gates-at-work.js';
import { kills } from '../support/runs.js';
import { scan } from '../support/world.js';
import type { Story } from './story.js';

const GATES = 4;
const PEOPLE = 12;

/**
 * kill -9 at random moments while gates scan without a pause. Each gate asks about the same scan until it is answered, as the
 * scanner page does; what was answered must stand, once, and the counters must be what the answers say. An api with a PostgreSQL of its own
 * leaves it to the next one, or takes it along, by turns.
 */
export const apiKilled: Story = {
  name: `the api killed ${kills} times under load: no acknowledged scan is lost, none is there twice`,
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
    for (let kill = 0; kill < kills; kill += 1) {
      await new Promise((resolve) => setTimeout(resolve, 200 + Math.random() * 600));
      await world.servers.crash(kill % world.servers.urls.length, { withDatabase: kill % 2 === 1 });
    }
    going = false;
    await Promise.all(guards);

    const scans = await world.servers.query<{ id: string; admitted: boolean }>('SELECT id, admitted FROM "Scan" WHERE "fairId" = $1', [fair.id]);
    const kept = new Map(scans.map((row) => [row.id, row.admitted]));
    expect([...answered.keys()].filter((id) => kept.get(id) !== true)).toEqual([]);
    expect(scans).toHaveLength(answered.size);
    expect(await counted(world.servers, fair.id)).toEqual({ checkIns: answered.size, presences: inside.size, inside: inside.size, conflicts: 0, told: answered.size });
  },
};
