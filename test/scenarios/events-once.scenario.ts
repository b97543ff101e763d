import { eventually, hear, subscribe } from '../support/world.js';
import type { Story } from './story.js';

/**
 * Every slice imports the events module. Were it made twice there would be two buses, and events would be lost in silence
 * or told twice. What each process's sockets hear is held against the log.
 */
export const eventsOnce: Story = {
  name: 'two event modules do not make two buses: each event reaches each socket once',
  async tell(world) {
    const bureau = await world.bureau();
    const { fair } = await world.openFair(bureau);
    const topic = { kind: 'fair', id: fair.id } as const;
    const sockets = await Promise.all([0, 1, 0, 1].map((index) => world.live(undefined, index)));
    const heard = sockets.map(hear);
    const subscribed = await Promise.all(sockets.map((socket) => subscribe(socket, { topic })));
    const since = Math.min(...subscribed.map(({ position }) => position));

    // Facts of three slices, through alternating processes: fairs, attendance, booths.
    const params = { fairId: fair.id };
    for (let n = 0; n < 5; n++) {
      await bureau.admin.call('PUT /fairs/:fairId/agenda', { params, body: { sessions: [{ title: `推介 ${n}`, startsAt: fair.startsAt, endsAt: fair.endsAt }] } });
      await bureau.admin.call('POST /zones/:zoneId/lock', { params: { zoneId: fair.zones[0]!.id }, body: { locked: n % 2 === 0, reason: '演练' } });
      await bureau.admin.call('POST /fairs/:fairId/booths', { params, body: { zoneId: fair.zones[0]!.id, number: `A-0${n}`, x: n * 40, y: 0, width: 30, height: 30 } });
    }
    const types = ['fair.updated', 'zone.lockChanged', 'booth.placed'];
    const log = await eventually('the log', async () => {
      const rows = await world.servers.query<{ position: string; type: string }>(
        `SELECT position, type FROM "Event" WHERE "scopeId" = $1 AND position > $2 AND type = ANY($3) ORDER BY position`, [fair.id, since, types]);
      return rows.filter(({ type }) => type === 'booth.placed').length === 5 && rows;
    });
    const expected = log.map(({ position }) => Number(position));
    for (const { events } of heard) {
      const positions = () => events.filter(({ position, type }) => position > since && types.includes(type)).map(({ position }) => position);
      await eventually('every event on every socket', () => positions().length >= expected.length);
      expect(positions()).toEqual(expected);
    }
  },
};
