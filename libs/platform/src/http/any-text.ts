const fields = new WeakMap<object, Set<string>>();

/**
 * On a field of a body that may be any text, NUL and halves of surrogate pairs too: what a scanner read must be answered,
 * whatever it is. Only for what is never stored as it came.
 */
export const AnyText = (): PropertyDecorator => (target, name) => {
  const own = fields.get(target.constructor) ?? new Set();
  fields.set(target.constructor, own.add(String(name)));
};

/** The fields of a DTO that are marked so. */
export function anyTextFields(type: object | undefined): ReadonlySet<string> {
  return (type && fields.get(type)) ?? new Set();
}
