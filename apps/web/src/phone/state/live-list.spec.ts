import type { BroadcastSummary } from '#libs/contracts';
import { sorted } from './live-list';

const at = (hour: number) => `2026-03-07T${String(hour).padStart(2, '0')}:00:00.000Z`;
const one = (id: string, status: BroadcastSummary['status'], facts: Partial<BroadcastSummary> = {}) => ({ id, status, viewers: 0, startsAt: at(9), startedAt: null, replay: false, ...facts }) as BroadcastSummary;
const ids = (all: BroadcastSummary[]) => Object.fromEntries(Object.entries(sorted(all)).map(([part, list]) => [part, list.map(({ id }) => id)]));

it('shows what is on now, the most watched first, a pause too; then what comes, the soonest first; then replays, the newest first', () => {
  expect(ids([
    one('later', 'scheduled', { startsAt: at(12) }), one('few', 'live', { viewers: 2 }), one('old', 'ended', { replay: true, startedAt: at(3) }), one('soon', 'rehearsing', { startsAt: at(10) }),
    one('many', 'paused', { viewers: 30 }), one('new', 'ended', { replay: true, startedAt: at(8) }), one('late start', 'ended', { replay: true, startsAt: at(1), startedAt: at(5) }),
  ])).toEqual({ now: ['many', 'few'], next: ['soon', 'later'], replays: ['new', 'late start', 'old'] });
});

it('shows nothing of what is over without a replay, or was called off', () => {
  expect(ids([one('gone', 'ended'), one('off', 'cancelled', { replay: true })])).toEqual({ now: [], next: [], replays: [] });
});

it('leaves the list that it was given as it is', () => {
  const all = [one('few', 'live', { viewers: 1 }), one('many', 'live', { viewers: 9 })];
  sorted(all);
  expect(all.map(({ id }) => id)).toEqual(['few', 'many']);
});
