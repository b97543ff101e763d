import { insideIs, scan } from '../support/world.js';
import type { Story } from './story.js';

/** 大型群众性活动安全管理条例 18: at the approved number ticket checking stops at once; an exit reopens it. */
export const lastPlace: Story = {
  name: 'the last place: exact, however many gates and processes',
  async tell(world) {
    const bureau = await world.bureau();
    const { fair, gates } = await world.openFair(bureau, { approved: 10, zoneA: 3, zoneB: 10 });
    const devices = await Promise.all([gates[0]!, gates[0]!, gates[1]!, gates[2]!].map((gate) => world.device(bureau, gate)));
    const tickets = await world.walkIns(devices[0]!, fair.id, 40);
    const results = await Promise.all(tickets.map(({ code }, n) => scan(devices[n % devices.length]!, code)));
    expect(results.filter(({ admitted }) => admitted)).toHaveLength(10);
    for (const refused of results.filter(({ admitted }) => !admitted)) expect(refused.reason).toBe('zoneFull');

    const params = { fairId: fair.id };
    const desk = await insideIs(bureau, fair.id, 10);
    expect(desk.venue.level).toBe('lock');
    expect(desk.zones.find(({ letter }) => letter === 'A')!.inside).toBeLessThanOrEqual(3);

    const inside = tickets[results.findIndex(({ admitted }) => admitted)]!;
    const outside = tickets.filter((_, n) => !results[n]!.admitted);
    expect((await scan(devices[0]!, inside.code, 'exit')).admitted).toBe(true);
    const again = await Promise.all(outside.slice(0, 5).map(({ code }) => scan(devices[0]!, code)));
    expect(again.filter(({ admitted }) => admitted)).toHaveLength(1);
    // 人工放行 goes one over by name and with a reason, and says so.
    const stillOut = outside.slice(5)[0]!;
    const override = await bureau.admin.call('POST /fairs/:fairId/overrides', { params, body: {
      id: crypto.randomUUID(), gateId: gates[0]!.id, code: stillOut.shortCode, reason: '带孩子的家长，孩子在里面' } });
    expect([override.admitted, override.override]).toEqual([true, true]);
    await insideIs(bureau, fair.id, 11);
  },
};
