/**
 * What somebody types, brought together with what somebody else has saved meanwhile: nothing typed is lost, nothing saved is
 * overwritten unseen. What only they changed is theirs, what only I changed is mine; what both changed is mine where `id` says that
 * it is one thing, else both stand there.
 * @param same two are the same when this text is
 * @param id of a thing that is changed and stays the same thing; undefined: it has none
 */
export function merged<T>(before: readonly T[], mine: readonly T[], theirs: readonly T[], same: (one: T) => string, id: (one: T) => string | undefined = () => undefined): T[] {
  const [had, have, told] = [before, mine, theirs].map(list => new Set(list.map(same)));
  const edited = mine.filter(one => !had!.has(same(one)) && !told!.has(same(one)));
  const own = (one: T) => (id(one) === undefined ? undefined : edited.find(each => id(each) === id(one)));
  const there = theirs.filter(one => own(one) || !had!.has(same(one)) || have!.has(same(one)));
  return [...there.map(one => own(one) ?? one), ...edited.filter(one => !theirs.some(each => id(each) !== undefined && id(each) === id(one)))];
}
