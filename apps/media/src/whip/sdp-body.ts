import type { Request } from 'express';
import { DomainError } from '#libs/platform';
import { LONGEST_SDP } from '../sdp/offer.js';

/** The text of a request in one media type. Throws `unsupportedFile` (415), `payloadTooLarge`, `malformedRequest`. */
export async function readText(request: Request, type: string): Promise<string> {
  if ((request.headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase() !== type) throw new DomainError('unsupportedFile', { allowed: type });
  if (request.headers['content-encoding'] !== undefined) throw new DomainError('unsupportedFile', { allowed: type });
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > LONGEST_SDP) throw new DomainError('payloadTooLarge', { limit: '64 kB' });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
