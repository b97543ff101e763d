import { DomainError } from '../errors/domain-error.js';
import { GroupCommit } from './group-commit.js';

const turn = () => new Promise((resolve) => setTimeout(resolve, 5));

describe('a group commit', () => {
  const groups: number[][] = [];
  let idle = 0;
  beforeEach(() => {
    groups.splice(0);
    idle = 0;
  });
  const make = (run: (items: number[]) => Promise<number[]> = async (items) => items.map((n) => n * 10), waiting = 100) => new GroupCommit<number, number>({
    run: async (items) => {
      groups.push(items);
      await turn();
      return run(items);
    },
    max: 4, waiting, onIdle: () => (idle += 1), hopeless: (error) => error instanceof DomainError,
  });

  it('takes one at once, and together what comes meanwhile, at most so many', async () => {
    const group = make();
    const first = group.add(0);
    await new Promise(setImmediate);
    const rest = [1, 2, 3, 4, 5, 6].map((n) => group.add(n));
    expect(await Promise.all([first, ...rest])).toEqual([0, 10, 20, 30, 40, 50, 60]);
    expect(groups).toEqual([[0], [1, 2, 3, 4], [5, 6]]);
    await turn();
    expect(idle).toBe(1);
  });

  it('lets a bad one fail alone, in order', async () => {
    const group = make(async (items) => {
      if (items.includes(2)) throw new Error('poison');
      return items.map((n) => n * 10);
    });
    const outcomes = await Promise.allSettled([1, 2, 3].map((n) => group.add(n)));
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(groups).toEqual([[1, 2, 3], [1], [2], [3]]);
    expect(await group.add(4)).toBe(40);
  });

  it('does not try one by one what fails for all', async () => {
    const group = make(async () => {
      throw new DomainError('unavailable');
    });
    const outcomes = await Promise.allSettled([1, 2, 3].map((n) => group.add(n)));
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(groups).toEqual([[1, 2, 3]]);
  });

  it('refuses when far too many wait, and loses nobody who waits', async () => {
    const group = make(undefined, 3);
    const outcomes = await Promise.allSettled([1, 2, 3, 4].map((n) => group.add(n)));
    expect(outcomes.map((each) => (each.status === 'fulfilled' ? each.value : (each.reason as DomainError).code))).toEqual([10, 20, 30, 'unavailable']);
  });
});
