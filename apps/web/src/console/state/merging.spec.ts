import { effectScope, nextTick, ref } from 'vue';
import { fieldByField, merged, useMerging } from './merging';

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
  it('takes from each the fields that they have changed, and those that mean one thing together', () => {
    const zone = (name: string, number: number, width = 10, across = '1') => ({ id: 'a', name, number, width, across });
    const both = (before: ReturnType<typeof zone>, mine: ReturnType<typeof zone>, theirs: ReturnType<typeof zone>) =>
      merged([before], [mine], [theirs], one => JSON.stringify(one), one => one.id, fieldByField([['name'], ['number'], ['width', 'across']]));
    expect(both(zone('east', 300), zone('East', 300), zone('east', 200))).toEqual([zone('East', 200)]);
    expect(both(zone('east', 300), zone('East', 400), zone('west', 300))).toEqual([zone('East', 400)]);
    expect(both(zone('east', 300), zone('East', 300, 10, '1.0'), zone('east', 300, 20, '2'))).toEqual([zone('East', 300, 10, '1.0')]);
  });
  it('changes nothing after one’s own saving', () => {
    const now = list('a mine', 'b');
    expect(byId(before, now, now)).toEqual(['a mine', 'b']);
  });
});

describe('a list that is typed while others save theirs', () => {
  interface Fair { version: string; names: string[] }
  const fair = (...names: string[]): Fair => ({ version: names.join(), names });
  function typed(first: Fair) {
    const newest = ref(first);
    const form = effectScope().run(() => useMerging(newest, {
      version: one => one.version, entriesOf: one => [...one.names], same: (one, other) => one.join() === other.join(), merge: (before, mine, theirs) => merged(before, mine, theirs, name => name),
    }))!;
    return { newest, form, state: () => [form.entries.value.join(), form.dirty.value, form.merging.value] };
  }
  it('says so when what stands there is of both', async () => {
    const { newest, form, state } = typed(fair('a'));
    newest.value = fair('a', 'b'); // nothing is typed
    await nextTick();
    expect(state()).toEqual(['a,b', false, false]);
    form.entries.value.push('mine');
    newest.value = fair('a', 'b', 'c');
    await nextTick();
    expect(state()).toEqual(['a,b,c,mine', true, true]);
    newest.value = fair('a', 'b', 'c', 'mine');
    form.saved(newest.value);
    await nextTick();
    expect(state()).toEqual(['a,b,c,mine', false, false]);
  });
  it('is left alone by what does not change it', async () => {
    const { newest, form, state } = typed(fair('a'));
    form.entries.value = ['mine'];
    newest.value = { ...fair('a') };
    await nextTick();
    expect(state()).toEqual(['mine', true, false]);
  });
});
