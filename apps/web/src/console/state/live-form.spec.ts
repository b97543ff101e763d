import { inputOf, moved, problemsOf, proposedTimes, hasPlace, coverProblem, type BroadcastForm } from './live-form';

jest.mock('../../words', () => ({ t: (key: string) => key.split('.').at(-1), say: { span: () => '', fileSize: (n: number) => `${n} B` } }));

const fair = { startsAt: '2026-03-07T01:00:00.000Z', endsAt: '2026-03-07T08:00:00.000Z' };
const now = Date.parse('2026-03-06T00:00:00.000Z');
const form = (more: Partial<BroadcastForm> = {}): BroadcastForm => ({
  fairId: 'f', boothId: 'b', kind: 'talk', title: '走进车间', startsAt: '2026-03-07T02:00:00.000Z', endsAt: '2026-03-07T03:00:00.000Z', jobIds: ['j'], hostIds: ['h'], ...more,
});
const wrong = (more: Partial<BroadcastForm>, at = now) => Object.entries(problemsOf(form(more), fair, at)).filter(([, text]) => text);

describe('a broadcast’s form', () => {
  it('is fine when it is whole', () => expect(wrong({})).toEqual([]));
  it.each([
    [{ title: '  ' }, [['title', 'needTitle']]],
    [{ jobIds: [] }, [['jobIds', 'needJobs']]],
    [{ jobIds: Array.from({ length: 31 }, String) }, [['jobIds', 'manyJobs']]],
    [{ hostIds: [] }, [['hostIds', 'needHosts']]],
    [{ startsAt: '' }, [['startsAt', 'needTime']]],
    [{ endsAt: '2026-03-07T02:00:00.000Z' }, [['endsAt', 'endFirst']]],
    [{ startsAt: '2026-03-07T00:30:00.000Z' }, [['startsAt', 'outside']]],
    [{ endsAt: '2026-03-07T09:00:00.000Z' }, [['startsAt', 'outside']]],
  ] as const)('says what is wrong: %j', (more, expected) => expect(wrong(more as Partial<BroadcastForm>)).toEqual(expected));
  it('refuses a time that is over', () => expect(wrong({}, Date.parse('2026-03-07T04:00:00.000Z'))).toEqual([['startsAt', 'past']]));
  it('sends no fair: the booth has one, and the title without spaces around it', () => {
    const sent = inputOf(form({ title: ' 走进车间 ' }));
    expect(sent).not.toHaveProperty('fairId');
    expect(sent.title).toBe('走进车间');
  });
  it('knows the server’s names of its fields', () => {
    expect(['title', 'jobIds.3', 'hostIds', 'boothId'].every(hasPlace)).toBe(true);
    expect(hasPlace('cover')).toBe(false);
  });
});

describe('the proposed time', () => {
  it('is the fair’s beginning when that is ahead', () => {
    expect(proposedTimes(fair, now)).toEqual({ startsAt: fair.startsAt, endsAt: '2026-03-07T02:00:00.000Z' });
  });
  it('is a half hour ahead once the fair is on, and never after its end', () => {
    expect(proposedTimes(fair, Date.parse('2026-03-07T03:10:00.000Z')).startsAt).toBe('2026-03-07T04:00:00.000Z');
    expect(proposedTimes(fair, Date.parse('2026-03-07T07:50:00.000Z'))).toEqual({ startsAt: '2026-03-07T07:30:00.000Z', endsAt: fair.endsAt });
  });
});

it('moves a job one step, and stops at the ends', () => {
  expect([moved(['a', 'b', 'c'], 2, -1), moved(['a', 'b'], 0, -1), moved(['a', 'b'], 0, 1)]).toEqual([['a', 'c', 'b'], ['a', 'b'], ['b', 'a']]);
});
it('refuses a cover that is no picture, or too large', () => {
  expect([
    coverProblem({ name: '封面.png', type: 'image/png', size: 1000 }), coverProblem({ name: '封面.gif', type: 'image/gif', size: 1000 }), coverProblem({ name: 'a.jpg', type: 'image/jpeg', size: 11e6 }),
  ]).toEqual(['', 'coverKind', 'coverLarge']);
});
