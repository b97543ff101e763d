import { Refused } from '../support/caller.js';
import type { Story } from './story.js';

/** The last ticket: never one too many, never one too few (eventyay #1359, Attendize #473). */
export const quotaRace: Story = {
  name: 'the last ticket: the quota is exact under a race',
  async tell(world) {
    const bureau = await world.bureau();
    const { fair } = await world.openFair(bureau, { quota: 5, status: 'published' });
    const candidates = await Promise.all(Array.from({ length: 12 }, () => world.candidate()));
    const outcomes = await Promise.all(candidates.map((candidate) =>
      world.ticket(candidate, fair.id).then(() => 'ticket', (error: unknown) => (error as Refused).code)));
    expect(outcomes.filter((outcome) => outcome === 'ticket')).toHaveLength(5);
    expect(outcomes.filter((outcome) => outcome === 'quotaFull')).toHaveLength(7);
    // Somebody cancels: exactly one of the others gets the place. A repeated tap is the same ticket.
    const holder = candidates[outcomes.indexOf('ticket')]!;
    const [ticket] = await holder.caller.call('GET /me/tickets');
    expect((await world.ticket(holder, fair.id)).id).toBe(ticket!.id);
    await holder.caller.call('DELETE /tickets/:ticketId', { params: { ticketId: ticket!.id } });
    const others = candidates.filter((_, n) => outcomes[n] !== 'ticket');
    const second = await Promise.all(others.map((candidate) => world.ticket(candidate, fair.id).then(() => 1, () => 0)));
    expect(second.reduce<number>((sum, got) => sum + got, 0)).toBe(1);
    expect((await bureau.admin.call('GET /fairs/:fairId', { params: { fairId: fair.id } })).registered).toBe(5);
  },
};
