import type { Actor, Direction } from '#libs/contracts';
import type { RequestContext } from '#libs/platform';
import type { ClaimedCode } from '#libs/tickets';

/** Somebody held something up at a gate: what a batch is made of. Its code has been read; whether we signed it the batch asks. */
export interface Attempt {
  /** Made by the device, lower case: the same id twice is one scan. */
  id: string;
  fairId: string;
  gateId: string;
  /** null: an organiser's own command (人工放行). */
  deviceId: string | null;
  direction: Direction;
  code: ClaimedCode;
  /** SHA-256 of what was read, hex. */
  codeHash: string;
  happenedAt: Date;
  /** Persons who pass with the one code. */
  count: number;
  /** The device's own lease, whose places may be taken if the zone is full. */
  leaseId: string | null;
  /** Who lets this person in, and why. */
  override: { actor: Actor; reason: string; context: RequestContext } | null;
}
