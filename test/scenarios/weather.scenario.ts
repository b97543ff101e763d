import { eventually, hear, scan, subscribe } from '../support/world.js';
import type { Story } from './story.js';

/** 根据天气变化，做好招聘场所的服务保障: the fair is moved, and whoever holds a ticket sees it at once. */
export const weather: Story = {
  name: 'weather: a moved fair reaches the ticket holder, and the ticket moves along',
  async tell(world) {
    const bureau = await world.bureau();
    const { fair, gates } = await world.openFair(bureau, { status: 'published' });
    const candidate = await world.candidate();
    const ticket = await world.ticket(candidate, fair.id);
    const phone = await world.live(candidate.caller.token, 0);
    const { events } = hear(phone);
    await subscribe(phone, { topic: { kind: 'fair', id: fair.id } });

    const shift = (instant: string) => new Date(Date.parse(instant) + 7 * 24 * 3_600_000).toISOString();
    const to = { startsAt: shift(fair.startsAt), endsAt: shift(fair.endsAt) };
    await bureau.admin.call('POST /fairs/:fairId/reschedule', { params: { fairId: fair.id }, body: { ...to, venueName: '澜江体育馆', reason: '台风' } });
    const moved = await eventually('the change on the phone', () => events.find(({ type }) => type === 'fair.rescheduled'));
    expect(moved.data).toMatchObject({ to: { ...to, venueName: '澜江体育馆' }, reason: '台风' });

    const later = await eventually('the ticket with the new time', async () => {
      const [mine] = await candidate.caller.call('GET /me/tickets');
      return mine!.validFrom !== ticket.validFrom && mine;
    });
    expect(later).toMatchObject({ id: ticket.id, shortCode: ticket.shortCode, fair: { ...to, venueName: '澜江体育馆' } });
    expect((await bureau.admin.call('GET /fairs/:fairId', { params: { fairId: fair.id } })).changes).toHaveLength(1);

    // Today, both the old picture of the code and the new one are refused: the fair is next week.
    await bureau.admin.call('POST /fairs/:fairId/status', { params: { fairId: fair.id }, body: { to: 'open' } });
    const device = await world.device(bureau, gates[0]!);
    expect((await scan(device, ticket.code)).reason).toBe('notYetValid');
    expect((await scan(device, later.code)).reason).toBe('notYetValid');
  },
};
