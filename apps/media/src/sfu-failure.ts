import { DomainError } from '#libs/platform';
import type { ErrorCode } from '#libs/contracts';
import type { SfuError, SfuErrorCode } from '#libs/sfu';

/** What a client is told of what went wrong in a room. Not named: ours, `internal`. */
const codes: Partial<Record<SfuErrorCode, ErrorCode>> = {
  // A worker died and the room is being rebuilt: everything is made anew after the next `entered`.
  noWorker: 'mediaUnavailable',
  roomClosed: 'mediaUnavailable',
  transportClosed: 'notFound',
  producerMissing: 'notFound',
  cannotConsume: 'codecUnsupported',
  badParameters: 'codecUnsupported',
};

/** The error as a refusal, if it is one of the sfu's; else as it is. By name: the sfu is loaded only once it runs. */
export function mediaFailure(error: unknown): unknown {
  if (!(error instanceof Error) || error.name !== 'SfuError') return error;
  const code = codes[(error as SfuError).code];
  return code ? new DomainError(code, {}, error) : error;
}
