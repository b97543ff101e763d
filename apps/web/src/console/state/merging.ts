import { computed, ref, watch, type ComputedRef, type Ref } from 'vue';

/**
 * What somebody types, brought together with what somebody else has saved meanwhile: nothing typed is lost, nothing saved is
 * overwritten unseen. What only they changed is theirs, what only I changed is mine; what both changed is mine where `id` says that
 * it is one thing, else both stand there.
 * @param same two are the same when this text is
 * @param id of a thing that is changed and stays the same thing; undefined: it has none
 * @param both one thing that both have changed; else mine as a whole
 */
export function merged<T>(
  before: readonly T[], mine: readonly T[], theirs: readonly T[], same: (one: T) => string,
  id: (one: T) => string | undefined = () => undefined, both: (was: T, mine: T, theirs: T) => T = (_, one) => one,
): T[] {
  const [had, have, told] = [before, mine, theirs].map(list => new Set(list.map(same)));
  const edited = mine.filter(one => !had!.has(same(one)) && !told!.has(same(one)));
  const twin = (list: readonly T[], one: T) => (id(one) === undefined ? undefined : list.find(each => id(each) === id(one)));
  const there = theirs.filter(one => twin(edited, one) || !had!.has(same(one)) || have!.has(same(one)));
  const together = (one: T): T => {
    const [was, own] = [twin(before, one), twin(edited, one)];
    return own && was ? both(was, own, one) : own ?? one;
  };
  return [...there.map(together), ...edited.filter(one => !twin(theirs, one))];
}

/** Field by field: what I have changed is mine, the rest theirs. @param fields those that mean one thing together stand together */
export const fieldByField = <T extends object>(fields: readonly (readonly (keyof T)[])[]) => (was: T, mine: T, theirs: T): T => {
  const own = fields.filter(group => group.some(field => mine[field] !== was[field])).flat();
  return Object.assign({ ...theirs }, ...own.map(field => ({ [field]: mine[field] })));
};

/** How a list is typed that is saved as a whole: part of a `Whole`, with a version of its own. */
export interface Typed<Whole, T> {
  version(whole: Whole): unknown;
  entriesOf(whole: Whole): T[];
  /** They say the same, whatever is typed how. */
  same(one: readonly T[], other: readonly T[]): boolean;
  merge(before: readonly T[], mine: readonly T[], theirs: readonly T[]): T[];
}
export interface Merging<Whole, T> {
  entries: Ref<T[]>;
  /** Something is not saved. */
  dirty: ComputedRef<boolean>;
  /** Somebody else has saved while this was typed: both stand there now. */
  merging: Ref<boolean>;
  /** It was saved as it stands. */
  saved(now: Whole): void;
}

/** A list that is typed while others may save theirs. @param newest as the server last told it */
export function useMerging<Whole, T>(newest: Ref<Whole>, { version, entriesOf, same, merge }: Typed<Whole, T>): Merging<Whole, T> {
  const entries = ref(entriesOf(newest.value)) as Ref<T[]>;
  const differs = (from: Whole) => !same(entries.value, entriesOf(from));
  const merging = ref(false);
  watch(newest, (now, before) => {
    if (version(now) === version(before)) return;
    merging.value ||= differs(before) && differs(now);
    entries.value = merge(entriesOf(before), entries.value, entriesOf(now));
  });
  return {
    entries, merging, dirty: computed(() => differs(newest.value)),
    saved(now) {
      entries.value = entriesOf(now);
      merging.value = false;
    },
  };
}
