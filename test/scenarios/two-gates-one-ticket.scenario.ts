import { insideIs, scan } from '../support/world.js';
import type { Story } from './story.js';

/** Hi.Events #889, eventyay #1359: one ticket held up at two gates in the same moment. */
export const twoGatesOneTicket: Story = {
  name: 'two gates, one ticket: one enters, the other hears when and where',
  async tell(world) {
    const bureau = await world.bureau();
    const { fair, gates } = await world.openFair(bureau);
    const left = await world.device(bureau, gates[0]!);
    const right = await world.device(bureau, gates[0]!);
    const tickets = await world.walkIns(left, fair.id, 20);
    for (const { code } of tickets) {
      const results = await Promise.all([scan(left, code), scan(right, code)]);
      const [inside, refused] = [results.find(({ admitted }) => admitted)!, results.find(({ admitted }) => !admitted)!];
      expect([inside?.admitted, refused?.reason]).toEqual([true, 'alreadyInside']);
      expect(refused.previous).toEqual({ at: expect.any(String), gateName: '1 号门' });
    }
    await insideIs(bureau, fair.id, 20);
  },
};
