import type { AnyEnvelope, EventMap, EventType, Scope } from '#libs/contracts';

/** A row of the log as SQL gives it. */
export interface EventRow {
  id: string;
  position: bigint;
  type: string;
  scopeKind: Scope['kind'];
  scopeId: string | null;
  actorId: string | null;
  data: unknown;
  happenedAt: Date;
  recordedAt: Date;
}

/** @returns the row as it travels; the log is written by `Events` alone, so its types are trusted. */
export function envelope(row: EventRow): AnyEnvelope {
  const { scopeKind, scopeId } = row;
  return {
    id: row.id,
    position: Number(row.position),
    type: row.type as EventType,
    scope: scopeKind === 'platform' ? { kind: 'platform' } : { kind: scopeKind, id: scopeId as string },
    actorId: row.actorId,
    data: row.data as EventMap[EventType],
    happenedAt: row.happenedAt.toISOString(),
    recordedAt: row.recordedAt.toISOString(),
  } as AnyEnvelope;
}
