import { merged } from './merging';

interface Zone { id?: string; name: string }
const list = (...names: string[]): Zone[] => names.map(name => ({ id: name[0], name }));
const byId = (before: Zone[], mine: Zone[], theirs: Zone[]) => merged(before, mine, theirs, one => JSON.stringify(one), one => one.id).map(({ name }) => name);
const byText = (before: string[], mine: string[], theirs: string[]) => merged(before, mine, theirs, one => one);

describe('what is typed while somebody else saves', () => {
  const before = list('a', 'b', 'c');
  it('keeps what only one of the two has changed', () => {
    expect(byId(before, list('a', 'b mine', 'c'), list('a theirs', 'b', 'c'))).toEqual(['a theirs', 'b mine', 'c']);
    expect(byId(before, list('a', 'c'), list('a', 'b', 'c', 'd'))).toEqual(['a', 'c', 'd']);
    expect(byId(before, [...before, { name: 'new' }], list('a', 'c'))).toEqual(['a', 'c', 'new']);
    expect(byId(before, before, list('a'))).toEqual(['a']);
  });
  it('keeps mine where both have changed one thing, and shows again what I removed and they changed', () => {
    expect(byId(before, list('a mine', 'b', 'c'), list('a theirs', 'b', 'c'))).toEqual(['a mine', 'b', 'c']);
    expect(byId(before, list('b', 'c'), list('a theirs', 'b', 'c'))).toEqual(['a theirs', 'b', 'c']);
    expect(byId(before, list('a', 'b mine', 'c'), list('a', 'c'))).toEqual(['a', 'c', 'b mine']);
  });
  it('keeps both where nothing says that they are one, and neither twice', () => {
    expect(byText(['9:00', '10:00'], ['9:30', '10:00'], ['9:15', '10:00'])).toEqual(['9:15', '10:00', '9:30']);
    expect(byText(['9:00'], ['9:00', '11:00'], ['9:00', '11:00'])).toEqual(['9:00', '11:00']);
  });
  it('changes nothing after one’s own saving', () => {
    const now = list('a mine', 'b');
    expect(byId(before, now, now)).toEqual(['a mine', 'b']);
  });
});
