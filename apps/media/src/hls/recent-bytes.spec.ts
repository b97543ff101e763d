import { RecentBytes } from './recent-bytes.js';

const bytes = (size: number) => Buffer.alloc(size);
/** Reads at once, and counts. */
function reads() {
  const counts = new Map<string, number>();
  return { counts, read: (key: string, size = 10) => async () => { counts.set(key, (counts.get(key) ?? 0) + 1); return bytes(size); } };
}

describe('what was read last', () => {
  it('is read once for all who ask, and lets the oldest go', async () => {
    const [recent, { counts, read }] = [new RecentBytes(30), reads()];
    await Promise.all([recent.get('a', read('a')), recent.get('a', read('a')), recent.get('b', read('b')), recent.get('c', read('c'))]);
    await recent.get('a', read('a'));
    await recent.get('d', read('d')); // b goes: a was asked for later
    await recent.get('a', read('a'));
    await recent.get('b', read('b'));
    expect([...counts]).toEqual([['a', 1], ['b', 2], ['c', 1], ['d', 1]]);
  });

  it('that is not there, or could not be read, is asked for again', async () => {
    const recent = new RecentBytes(30);
    expect(await recent.get('a', async () => null)).toBeNull();
    await expect(recent.get('a', () => Promise.reject(new Error('disk')))).rejects.toThrow('disk');
    expect(await recent.get('a', async () => bytes(3))).toHaveLength(3);
  });

  it('keeps its room when a slow reading comes in after much else', async () => {
    const [recent, { counts, read }] = [new RecentBytes(30), reads()];
    for (let n = 0; n < 20; n += 1) {
      let come = (_bytes: Buffer): void => {};
      const slow = recent.get(`slow ${n}`, () => new Promise((resolve) => { come = resolve; }));
      for (const key of ['x', 'y', 'z', 'w']) await recent.get(`${key} ${n}`, read(`${key} ${n}`));
      come(bytes(10));
      await slow;
    }
    // There is still room for three: nothing that is gone is counted.
    for (const key of ['a', 'b', 'c']) await recent.get(key, read(key));
    for (const key of ['a', 'b', 'c']) await recent.get(key, read(key));
    expect(['a', 'b', 'c'].map((key) => counts.get(key))).toEqual([1, 1, 1]);
  });
});
