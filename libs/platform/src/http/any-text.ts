const fields = new WeakMap<object, Set<string>>();

/**
 * On a field of a body that may be any text, NUL and halves of surrogate pairs too: what a scanner read must be answered,
 * whatever it is. Only for what is never stored as it came.
 * @param within the field that may hold it, of each in this list; absent: this field itself
 */
export const AnyText = (within?: string): PropertyDecorator => (target, name) => {
  const own = fields.get(target.constructor) ?? new Set();
  fields.set(target.constructor, own.add(within === undefined ? String(name) : `${String(name)}.*.${within}`));
};

/** Where in a DTO: paths, with `*` for each place of a list. */
export function anyTextFields(type: object | undefined): ReadonlySet<string> {
  return (type && fields.get(type)) ?? new Set();
}
