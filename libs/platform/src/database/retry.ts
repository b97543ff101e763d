/** PostgreSQL's codes for a transaction that lost against another one and may simply be done again. */
const AGAIN = new Set(['40001', '40P01']);
const PRISMA_CONFLICT = 'P2034';

/** Whether an error, or one of its causes, says that the transaction can be done again. */
export function canBeDoneAgain(error: unknown): boolean {
  for (let at: unknown = error, depth = 0; typeof at === 'object' && at !== null && depth < 6; depth += 1) {
    const { code, originalCode, cause, meta } = at as { code?: unknown; originalCode?: unknown; cause?: unknown; meta?: unknown };
    if (code === PRISMA_CONFLICT || AGAIN.has(String(code)) || AGAIN.has(String(originalCode))) return true;
    if (code === 'P2010' && canBeDoneAgain(meta)) return true;
    if (typeof meta === 'object' && meta !== null && canBeDoneAgain((meta as { driverAdapterError?: unknown }).driverAdapterError)) return true;
    at = cause;
  }
  return false;
}
