import { problemOf, sameList, withLines } from './live-words';

const list = [{ text: '押金', kind: 'fee' as const }];

describe('held words', () => {
  it.each([[' ', 'need'], ['钱', 'short'], ['押 金', 'twice'], ['x'.repeat(31), 'long'], ['服装费', null]])('%j: %s', (text, problem) => expect(problemOf(text, list)).toBe(problem));
  it('are added several at once; doubles are left out without a word', () => {
    expect(withLines(list, '服装费、体检费\n押金', 'fee')).toEqual({ words: [{ text: '体检费', kind: 'fee' }, { text: '服装费', kind: 'fee' }, ...list], problem: null });
  });
  it('say why the only one was not added', () => {
    expect(withLines(list, '押金', 'fraud')).toEqual({ words: list, problem: 'twice' });
    expect(withLines(list, '\n ', 'fraud').problem).toBe('need');
  });
  it('are the same in any order, not of another kind', () => {
    const other = { text: '刷单', kind: 'fraud' as const };
    expect(sameList([...list, other], [other, ...list])).toBe(true);
    expect(sameList(list, [{ text: '押金', kind: 'fraud' }])).toBe(false);
  });
});
