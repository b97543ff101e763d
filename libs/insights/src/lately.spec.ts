import { Lately } from './lately.js';

beforeEach(() => { jest.useFakeTimers(); });
afterEach(() => { jest.useRealTimers(); });

function counting() {
  const asked: string[] = [];
  return { asked, lately: new Lately(async (fairId) => { asked.push(fairId); return `${fairId} ${asked.length}`; }) };
}

describe('what is read of a fair at most once a second', () => {
  it('is given again within a second, and to a picture a little longer, which has it read for the next', async () => {
    const { asked, lately } = counting();
    expect(await lately.of('a')).toBe('a 1');
    jest.advanceTimersByTime(999);
    expect([await lately.of('a'), await lately.of('b')]).toEqual(['a 1', 'b 2']);
    jest.advanceTimersByTime(1);
    expect([await lately.forPicture('a'), await lately.forPicture('a'), await lately.of('a')]).toEqual(['a 1', 'a 3', 'a 3']);
    jest.advanceTimersByTime(3_000);
    expect(await lately.forPicture('a')).toBe('a 4');
    expect(asked).toEqual(['a', 'b', 'a', 'a']);
  });

  it('is read anew once it has changed, also by who asked while the old was being read', async () => {
    let answer: (text: string) => void = () => {};
    const lately = new Lately(() => new Promise<string>((resolve) => { answer = resolve; }));
    const old = lately.of('a');
    const answerOld = answer;
    lately.forget('a');
    const fresh = lately.forPicture('a');
    answer('new');
    answerOld('old');
    expect([await old, await fresh, await lately.of('a')]).toEqual(['old', 'new', 'new']);
  });

  it('that failed is told to who asked, and asked for again', async () => {
    let fails = true;
    const lately = new Lately(async () => { if (fails) throw new Error('away'); return 'here'; });
    await expect(lately.forPicture('a')).rejects.toThrow('away');
    fails = false;
    expect(await lately.forPicture('a')).toBe('here');
    fails = true;
    jest.advanceTimersByTime(1_200);
    expect(await lately.forPicture('a')).toBe('here'); // and what is read for the next one fails, heard by nobody
    await expect(lately.of('a')).rejects.toThrow('away');
    expect(await lately.forPicture('a')).toBe('here');
  });

  it('is waited for by no picture while it is read, unless what there is has become too old', async () => {
    const answers: ((text: string) => void)[] = [];
    const lately = new Lately(() => new Promise<string>((resolve) => { answers.push(resolve); }));
    const first = lately.of('a');
    answers[0]!('old');
    await first;
    jest.advanceTimersByTime(1_100);
    expect([await lately.forPicture('a'), await lately.forPicture('a')]).toEqual(['old', 'old']);
    jest.advanceTimersByTime(500);
    const waited = lately.forPicture('a');
    answers[1]!('new');
    expect(await waited).toBe('new');
    expect(answers).toHaveLength(2);
  });
});
