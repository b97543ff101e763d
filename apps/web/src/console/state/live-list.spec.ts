import { byMoment, watchingNow } from './live-list';

const one = (status: 'scheduled' | 'rehearsing' | 'live' | 'paused' | 'ended' | 'cancelled', startsAt: string, viewers = 0) => ({ status, startsAt, viewers });
const list = [one('ended', '1'), one('ended', '2'), one('live', '3', 4), one('paused', '2', 9), one('scheduled', '6'), one('rehearsing', '5'), one('cancelled', '1')];

it('shows what is on first, the most watched of it; then what comes, the nearest; then what is past, the latest', () => {
  expect(byMoment(list).map(({ moment, items }) => [moment, items.map(item => item.startsAt)])).toEqual([
    ['now', ['2', '3']], ['upcoming', ['5', '6']], ['past', ['2', '1']], ['cancelled', ['1']],
  ]);
});
it('counts who watches now, and nobody else', () => expect(watchingNow([...list, one('ended', '1', 100)])).toBe(13));
