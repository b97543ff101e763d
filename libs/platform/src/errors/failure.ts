import { errorMessage, errors, type Ack, type ErrorBody } from '#libs/contracts';
import { Context } from '../logging/context.js';
import { Log } from '../logging/log.js';
import { databaseFailure } from './database-failure.js';
import { DomainError } from './domain-error.js';
import { httpFailure } from './http-failure.js';

const log = Log.named('errors');

/** The refusal that anything thrown means. What nobody foresaw is `internal`, with the error as its cause. */
export function refusalOf(error: unknown): DomainError {
  if (error instanceof DomainError) return error;
  return httpFailure(error) ?? databaseFailure(error) ?? new DomainError('internal', {}, error);
}

/**
 * What a caller is told of a failure, in the language of who asks, with the id of the request; it is logged at the level
 * of the table, an unknown one whole. Nothing of its inside is told.
 */
export function answerFailure(error: unknown): { status: number; body: ErrorBody } {
  const refusal = refusalOf(error);
  const { requestId, language } = Context.current();
  const [status, level] = errors[refusal.code];
  const facts = { code: refusal.code, requestId, ...(level === 'error' || level === 'warn' ? { err: refusal.cause ?? refusal } : {}) };
  log[level](facts, 'A request was refused.');
  const details = Object.keys(refusal.details).length > 0 ? { details: refusal.details } : {};
  const message = errorMessage(refusal.code, language, refusal.details);
  return { status, body: { error: { code: refusal.code, message, ...details, requestId } } };
}

/** A failure as a socket's acknowledgement. */
export function failedAck(error: unknown): Ack<never> {
  return { ok: false, ...answerFailure(error).body };
}
