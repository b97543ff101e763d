/** What a caller can tell apart and act on. Anything else that is thrown is mediasoup's own and unexpected. */
export type SfuErrorCode =
  /** Another program, often a second server on this machine, listens on a media port. */
  | 'portTaken'
  /** The listen address is none of this machine's. */
  | 'addressUnknown'
  /** Every worker is down at the moment; a replacement is being started. */
  | 'noWorker'
  | 'roomClosed'
  | 'transportClosed'
  /** No such producer in this room, or no longer. */
  | 'producerMissing'
  /** The other end knows none of the producer's codecs. */
  | 'cannotConsume'
  /** mediasoup refused what the other end sent: RTP, DTLS or codec parameters. */
  | 'badParameters';

export class SfuError extends Error {
  constructor(
    readonly code: SfuErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'SfuError';
  }

  /** mediasoup says what it thinks of parameters by TypeError (here) or by a worker's refusal. */
  static parameters(cause: unknown): SfuError {
    return new SfuError('badParameters', cause instanceof Error ? cause.message : String(cause), { cause });
  }
}
