import { HttpException } from '@nestjs/common';
import type { ErrorCode, ErrorDetails } from '#libs/contracts';
import { DomainError } from './domain-error.js';

/** What Nest, Express and its parsers say by status, in our words. Other 4xx are `malformedRequest`. */
const BY_STATUS: Partial<Record<number, ErrorCode>> = {
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'notFound',
  405: 'methodNotAllowed',
  409: 'conflict',
  413: 'payloadTooLarge',
  415: 'malformedRequest', // a charset or encoding of the body that nobody uses; files have their own check
  429: 'tooManyRequests',
  503: 'unavailable',
};

/** The largest JSON body. */
export const MAX_BODY = '256 kB';

const DETAILS: Partial<Record<ErrorCode, ErrorDetails>> = {
  payloadTooLarge: { limit: MAX_BODY },
  tooManyRequests: { seconds: 1 },
};

function statusOf(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  if (error instanceof URIError) return 400;
  // http-errors, as body-parser and the router throw them. `expose` says that the caller caused it.
  const { status, expose } = error as { status?: unknown; expose?: unknown };
  return typeof status === 'number' && (expose === true || error instanceof URIError) ? status : undefined;
}

/** The refusal that an error of Nest, Express, body-parser or multer means; null for anything else. */
export function httpFailure(error: unknown): DomainError | null {
  if (typeof error !== 'object' || error === null) return null;
  const status = statusOf(error);
  if (status === undefined || (status >= 500 && status !== 503)) return null;
  const fileTooLarge = status === 413 && error instanceof HttpException;
  const code = BY_STATUS[status] ?? 'malformedRequest';
  return new DomainError(code, fileTooLarge ? { limit: '10 MB' } : DETAILS[code], error);
}
