import * as format from './format';

const zh = { language: 'zh', zone: 'Asia/Shanghai' } as const;
const en = { language: 'en', zone: 'Asia/Shanghai' } as const;
const now = '2026-03-07T02:26:00Z';

describe('numbers', () => {
  it.each([[2823, '2,823'], [21046, '21,046'], [1234567, '1,234,567'], [0, '0'], [999, '999'], [-12, '−12'], [3.9, '3']])('people %s', (n, text) => {
    expect(format.count(n)).toBe(text);
  });
  it('writes no value as a dash, never as 0', () => {
    for (const text of [
      format.count(null), format.count(undefined), format.count(NaN), format.share(3, 0), format.share(null, 9),
      format.payRange(null, null), format.pay(null, null, 'month', zh), format.distance(null, zh), format.dataRate(undefined, zh),
      format.phone(''), format.clock(null, zh), format.day('nonsense', zh), format.span(null, null, zh), format.age(null, zh),
      format.elapsed(undefined, zh), format.inFours(''), format.fileSize(null),
    ]) expect(text).toBe('—');
  });
  it('gives a share one decimal and never rounds up to full', () => {
    expect(format.share(2823, 3600)).toBe('78.4%');
    expect(format.share(2999, 3000)).toBe('99.9%');
    expect(format.share(3, 3)).toBe('100.0%');
    expect(format.share(0, 3)).toBe('0.0%');
  });
  it('writes pay low first with an en dash', () => {
    expect(format.pay(5500, 7000, 'month', zh)).toBe('5,500–7,000 元/月');
    expect(format.pay(7000, 5500, 'month', zh)).toBe('5,500–7,000 元/月');
    expect(format.pay(180, 180, 'day', zh)).toBe('180 元/天');
    expect(format.pay(null, 25, 'hour', en)).toBe('25 CNY/hour');
    expect(format.pay(0.35, 0.5, 'piece', zh)).toBe('0.35–0.50 元/件');
  });
  it('writes distances, data, phones, ticket numbers and files', () => {
    expect(format.distance(2410, zh)).toBe('2.4 公里');
    expect(format.distance(346, zh)).toBe('350 米');
    expect(format.distance(999, en)).toBe('1.0 km');
    expect(format.dataRate(1_066_667, zh)).toBe('约 8 MB/分钟');
    expect(format.phone('13812342607')).toBe('138 **** 2607');
    expect(format.phone('+86 138-1234-2607')).toBe('138 **** 2607');
    expect(format.phone('138****2607')).toBe('138 **** 2607');
    expect(format.inFours('20718463')).toBe('2071 8463');
    expect(format.inFours('207184639')).toBe('2071 8463 9');
    expect(format.fileSize(319_800)).toBe('320 kB');
    expect(format.fileSize(1_400_000)).toBe('1.4 MB');
  });
});

describe('facts on a line', () => {
  it('have a dot between those that are there, with room in English', () => {
    const facts = ['海峤精密', '', null, undefined, false, 'A-01'] as const;
    expect([format.facts(facts, zh), format.facts(facts, en)]).toEqual(['海峤精密·A-01', '海峤精密 · A-01']);
    expect([format.listed(['A', 'B'], zh), format.listed(['A', 'B'], en)]).toEqual(['A、B', 'A, B']);
    expect([format.clauses(['一', '', '二'], zh), format.clauses(['one', '', 'two'], en)]).toEqual(['一，二', 'one, two']);
    expect([format.named('停了', '消防', zh), format.named('Stopped', 'fire drill', en), format.named('停了', null, zh)]).toEqual(['停了：消防', 'Stopped: fire drill', '停了']);
  });
});

describe('times, in the fair’s zone', () => {
  it('shows the zone of the fair, not of the reader', () => {
    expect(format.clock('2026-03-07T01:41:00Z', zh)).toBe('09:41');
    expect(format.clock('2026-03-06T16:05:00Z', zh)).toBe('00:05');
    expect(format.clock('2026-03-07T01:41:00Z', { ...zh, zone: 'America/New_York' })).toBe('20:41');
  });
  it('writes days, with the year only when it is another', () => {
    expect(format.day('2026-03-06T16:05:00Z', zh, now)).toBe('3 月 7 日 周六');
    expect(format.day('2027-01-01T00:00:00Z', zh, now)).toBe('2027 年 1 月 1 日 周五');
    expect(format.day('2026-03-07T01:00:00Z', en, now)).toBe('Sat 7 Mar');
    expect(format.isoDay('2026-03-06T16:05:00Z', zh)).toBe('2026-03-07');
  });
  it('writes spans inside a day and across days', () => {
    expect(format.span('2026-03-07T01:00:00Z', '2026-03-07T08:30:00Z', zh, now)).toBe('3 月 7 日 周六 09:00–16:30');
    const days = format.span('2026-03-07T01:00:00Z', '2026-03-08T08:30:00Z', zh, now);
    expect(days.split(' ')).toEqual(['3 月 7 日 周六 09:00', '–', '3 月 8 日 周日 16:30'].map((part) => part.replace(/ /g, '\u00A0')));
    expect(format.span('2026-03-07T01:00:00Z', null, zh, now)).toBe('3 月 7 日 周六 09:00');
  });
  it.each([
    [0, '刚刚'], [1999, '刚刚'], [-5000, '刚刚'], [2000, '2 秒前'], [59_999, '59 秒前'], [60_000, '1 分钟前'],
    [3_600_000, '1 小时前'], [2 * 86_400_000, '2 天前'],
  ])('age %s', (ms, text) => expect(format.age(ms, zh)).toBe(text));
  it.each([
    [42_000, '42 秒'], [252_000, '4 分 12 秒'], [300_000, '5 分钟'], [725_000, '12 分钟'], [5_160_000, '1 小时 26 分'],
    [3_600_000, '1 小时'], [3 * 86_400_000, '3 天'],
  ])('elapsed %s', (ms, text) => expect(format.elapsed(ms, zh)).toBe(text));
  it('speaks English', () => {
    expect(format.age(500, en)).toBe('just now');
    expect(format.age(3000, en)).toBe('3 s ago');
    expect(format.elapsed(5_160_000, en)).toBe('1 h 26 min');
    expect(format.span('2026-03-07T01:00:00Z', '2026-03-07T08:30:00Z', en, now)).toBe('Sat 7 Mar 09:00–16:30');
  });
  it('is stale after three missed snapshots or 10 s, whichever is later', () => {
    expect(format.isStale(9_999, 100)).toBe(false);
    expect(format.isStale(10_001, 100)).toBe(true);
    expect(format.isStale(14_000, 5_000)).toBe(false);
    expect(format.isStale(15_001, 5_000)).toBe(true);
  });
});
