import type { Scope } from '#libs/contracts';

/** A broadcast's facts are its fair's. */
export const scopeOf = ({ fairId }: { fairId: string }): Scope => ({ kind: 'fair', id: fairId });
