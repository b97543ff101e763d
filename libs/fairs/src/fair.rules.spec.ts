import { fairStatuses, type FairStatus } from '#libs/contracts';
import { gapsOf, isEditable, isRunning, movedAgenda, needsReason, nextStatuses, type Draft } from './fair.rules.js';
import { gapWords } from './fair.words.js';

/** One row a state; a cross may be reached while nobody has registered, `o` also with people registered. */
const table: Record<FairStatus, Partial<Record<FairStatus, 'x' | 'o'>>> = {
  draft: { published: 'o', cancelled: 'o' },
  published: { draft: 'x', open: 'o', cancelled: 'o' },
  open: { closed: 'o', cancelled: 'o' },
  closed: { archived: 'o' },
  archived: {},
  cancelled: {},
};

describe('the state machine of a fair', () => {
  const pairs = fairStatuses.flatMap((from) => fairStatuses.map((to) => [from, to] as const));

  it.each(pairs)('%s → %s', (from, to) => {
    const allowed = table[from][to];
    expect(nextStatuses({ status: from, isTemplate: false, registered: 0 }).includes(to)).toBe(allowed !== undefined);
    expect(nextStatuses({ status: from, isTemplate: false, registered: 1 }).includes(to)).toBe(allowed === 'o');
    expect(nextStatuses({ status: from, isTemplate: true, registered: 0 })).toEqual([]);
  });

  it('asks for a reason for a cancellation alone', () => {
    expect(fairStatuses.filter(needsReason)).toEqual(['cancelled']);
  });

  it('is edited until it is over, and used while it is public', () => {
    expect(fairStatuses.filter(isEditable)).toEqual(['draft', 'published', 'open']);
    expect(fairStatuses.filter(isRunning)).toEqual(['published', 'open']);
  });
});

describe('what is missing before publishing', () => {
  const now = new Date('2026-03-07T00:00:00Z');
  const whole: Draft = {
    name: '春风招聘会', channel: 'hall', venueName: '澜江会展中心', startsAt: new Date('2026-03-07T01:00:00Z'), endsAt: new Date('2026-03-07T08:30:00Z'),
    approvedNumber: 3_600, zones: [{ letter: 'A', approvedNumber: 1_200 }, { letter: 'B', approvedNumber: 900 }],
  };
  const fields = (change: Partial<Draft>) => gapsOf({ ...whole, ...change }, now).map((gap) => gap.field);

  it('is nothing for a whole fair', () => expect(fields({})).toEqual([]));

  it.each<[string, Partial<Draft>, string[]]>([
    ['a name of blanks', { name: '  ' }, ['name']],
    ['an end that is past', { startsAt: new Date('2026-03-06T01:00:00Z'), endsAt: now }, ['endsAt']],
    ['an end before its start', { endsAt: new Date('2026-03-07T00:30:00Z') }, ['endsAt']],
    ['a hall without a place', { venueName: '' }, ['venueName']],
    ['both without a place', { channel: 'both', venueName: '' }, ['venueName']],
    ['no approved number', { approvedNumber: 0 }, ['approvedNumber']],
    ['a zone with none', { zones: [{ letter: 'A', approvedNumber: 0 }] }, ['zones']],
    ['all of it', { name: '', venueName: '', approvedNumber: 0, zones: [{ letter: 'C', approvedNumber: 0 }] }, ['name', 'venueName', 'approvedNumber', 'zones']],
    ['an online fair, which needs no hall', { channel: 'online', venueName: '', approvedNumber: 0, zones: [] }, []],
  ])('%s', (_, change, expected) => expect(fields(change)).toEqual(expected));

  it('is said in words', () => {
    const gaps = gapsOf({ ...whole, venueName: '', zones: [{ letter: 'C', approvedNumber: 0 }] }, now);
    expect(gapWords(gaps, 'zh')).toBe('场馆、C 区核定人数');
    expect(gapWords(gaps, 'en')).toBe('the venue, the approved number of zone C');
  });
});

describe('an agenda that moves with its fair', () => {
  const at = (iso: string) => new Date(iso);
  const from = { startsAt: at('2026-03-07T01:00:00Z') };
  const session = (startsAt: string, endsAt: string) => ({ title: '推介', startsAt: at(startsAt), endsAt: at(endsAt) });

  it('keeps each distance from the start', () => {
    const to = { startsAt: at('2026-04-01T02:30:00Z'), endsAt: at('2026-04-01T10:00:00Z') };
    expect(movedAgenda([session('2026-03-07T02:00:00Z', '2026-03-07T02:20:00Z')], from, to))
      .toEqual([session('2026-04-01T03:30:00Z', '2026-04-01T03:50:00Z')]);
  });

  it('leaves out what the shorter fair no longer has', () => {
    const to = { startsAt: at('2026-04-01T01:00:00Z'), endsAt: at('2026-04-01T03:00:00Z') };
    const moved = movedAgenda([session('2026-03-07T02:30:00Z', '2026-03-07T03:30:00Z'), session('2026-03-07T03:00:00Z', '2026-03-07T04:00:00Z')], from, to);
    expect(moved).toEqual([session('2026-04-01T02:30:00Z', '2026-04-01T03:30:00Z')]);
  });
});
