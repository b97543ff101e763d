import { errorMessage, type ErrorCode, type ErrorDetails } from '#libs/contracts';

/**
 * A refusal that a caller is told of: a code of libs/contracts/src/errors.ts, with the values of its sentence. Throwing it
 * inside a transaction rolls back; a refusal that must be kept is a return value.
 */
export class DomainError extends Error {
  override readonly name = 'DomainError';

  /**
   * @param code what happened
   * @param details fills the placeholders of the sentence, and goes to the caller: never personal data of others
   * @param cause for the log only
   */
  constructor(
    readonly code: ErrorCode,
    readonly details: ErrorDetails = {},
    cause?: unknown,
  ) {
    super(errorMessage(code, 'en', details), { cause });
  }
}
