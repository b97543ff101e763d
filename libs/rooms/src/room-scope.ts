import type { Scope } from '#libs/contracts';

/** Where a room's events belong, as its row says it. */
export const scopeOf = ({ scopeKind, scopeId }: { scopeKind: string; scopeId: string | null }): Scope =>
  (scopeId === null ? { kind: 'platform' } : { kind: scopeKind as 'fair' | 'organisation', id: scopeId });
