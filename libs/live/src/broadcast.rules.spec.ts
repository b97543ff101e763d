import { broadcastStatuses, type BroadcastStatus } from '#libs/contracts';
import { isAhead, isOnAir, isOver, latestEnd, mayFollow, missedAt, offsetOf, remindAt, shownStatus } from './broadcast.rules.js';

const at = (time: string) => new Date(`2026-03-07T${time}:00Z`);

describe('the life of a broadcast', () => {
  it('knows its steps, and no others', () => {
    const steps = broadcastStatuses.flatMap((from) => broadcastStatuses.filter((to) => mayFollow(from, to)).map((to) => `${from} ${to}`));
    expect(steps).toEqual([
      'scheduled rehearsing', 'scheduled live', 'scheduled cancelled', 'rehearsing scheduled', 'rehearsing live', 'rehearsing cancelled',
      'live paused', 'live ended', 'paused live', 'paused ended',
    ]);
  });

  it('is always exactly one of: ahead, on air, over', () => {
    for (const status of broadcastStatuses) expect([isAhead(status), isOnAir(status), isOver(status)].filter(Boolean)).toHaveLength(1);
  });

  it('comes to an end from everywhere', () => {
    const reach = (from: BroadcastStatus, seen = new Set<BroadcastStatus>()): Set<BroadcastStatus> => {
      for (const to of broadcastStatuses) if (mayFollow(from, to) && !seen.has(to)) reach(to, seen.add(to));
      return seen;
    };
    for (const status of broadcastStatuses.filter((each) => !isOver(each))) expect([...reach(status)].some(isOver)).toBe(true);
  });

  it('shows nobody else a rehearsal', () => {
    expect(broadcastStatuses.map(shownStatus)).toEqual(['scheduled', 'scheduled', 'live', 'paused', 'ended', 'cancelled']);
  });
});

describe('times', () => {
  it('end what was forgotten: six hours on, or an hour past a longer plan', () => {
    expect(latestEnd(at('09:00'), at('10:00'))).toEqual(at('15:00'));
    expect(latestEnd(at('09:00'), at('16:30'))).toEqual(at('17:30'));
    expect(missedAt(at('10:00'))).toEqual(at('12:00'));
  });

  it('remind a quarter of an hour before, or at once', () => {
    expect(remindAt(at('10:00'), at('08:00'))).toEqual(at('09:45'));
    expect(remindAt(at('10:00'), at('09:50'))).toEqual(at('09:50'));
  });

  it('count the replay from the start', () => {
    expect(offsetOf(at('10:00'), at('10:02'))).toBe(120_000);
    expect(offsetOf(at('10:00'), at('09:59'))).toBe(0);
    expect(offsetOf(null, at('09:59'))).toBe(0);
  });
});
