import { isUUID } from 'class-validator';
import type { ScanInput } from '#libs/contracts';
import { isInstant } from '#libs/platform';

const FIELDS = new Set(['id', 'direction', 'code', 'happenedAt', 'count', 'leaseId']);

/**
 * Whether a body is a scan as `ScanDto` wants it, without its sentences of what is wrong: a hundredth of the time. Never true for
 * what `ScanDto` refuses (`scan-shape.spec`).
 */
export function isScan(body: unknown): body is ScanInput {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return false;
  for (const key of Object.keys(body)) if (!FIELDS.has(key)) return false;
  const { id, direction, code, happenedAt, count, leaseId } = body as Record<keyof ScanInput, unknown>;
  return isUUID(id, 'all')
    && (direction === 'entry' || direction === 'exit')
    && typeof code === 'string' && code.length <= 512
    && isInstant(happenedAt)
    && (count === undefined || (typeof count === 'number' && Number.isInteger(count) && count >= 1 && count <= 500))
    && (leaseId === undefined || isUUID(leaseId, 'all'));
}
