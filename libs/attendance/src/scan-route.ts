import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { ScanResult } from '#libs/contracts';
import { AheadRoutes, DomainError, Limits, type AheadRequest } from '#libs/platform';
import { DEVICE_TOKEN_PREFIX, DeviceTokens } from './device-tokens.js';
import { isScan } from './scan-shape.js';
import { Scans } from './scans.js';

/** Four times the longest scan that there is. Bytes. */
const MOST_BYTES = 8_192;
const BEARER = 'Bearer ';
const UTF8 = new TextDecoder(); // takes a byte order mark off, as Express's parser does
const JSON_TYPES = new Set(['application/json', 'application/json; charset=utf-8', 'application/json;charset=utf-8']);

/**
 * `POST /api/scans` as gates send it, from a device that is known: straight from the socket to the group commit. What is not
 * plain goes on to `ScansController`, which answers the same with more words; a known device is checked by the commit itself.
 */
@Injectable()
export class ScanRoute implements OnModuleInit {
  constructor(
    private readonly ahead: AheadRoutes,
    private readonly tokens: DeviceTokens,
    private readonly limits: Limits,
    private readonly scans: Scans,
  ) {}

  onModuleInit(): void {
    this.ahead.add('POST /api/scans', (request) => this.serve(request));
  }

  private async serve(request: AheadRequest): Promise<ScanResult | null> {
    const token = tokenOf(request);
    const device = token === null ? undefined : this.tokens.lastKnown(token);
    if (token === null || !device || !isPlain(request)) return null;
    const body = parsed(await textOf(request));
    if (!isScan(body)) {
      request.body = body;
      return null;
    }
    await this.limits.take('scanByDevice', device.deviceId);
    try {
      const result = await this.scans.scan(device, body);
      this.tokens.heard(device);
      return result;
    } catch (error) {
      if (error instanceof DomainError && (error.code === 'deviceRevoked' || error.code === 'unauthenticated')) this.tokens.forget(token);
      throw error;
    }
  }
}

function tokenOf({ headers: { authorization } }: AheadRequest): string | null {
  return authorization?.startsWith(BEARER + DEVICE_TOKEN_PREFIX) ? authorization.slice(BEARER.length) : null;
}

function isPlain({ headers }: AheadRequest): boolean {
  const length = Number(headers['content-length'] ?? NaN);
  return length > 0 && length <= MOST_BYTES && JSON_TYPES.has((headers['content-type'] ?? '').toLowerCase()) && headers['content-encoding'] === undefined && headers.expect === undefined;
}

/** The whole body. Throws `malformedRequest` for one that breaks off. */
function textOf(request: AheadRequest): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.once('end', () => resolve(UTF8.decode(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks))));
    request.once('close', () => { if (!request.complete) reject(new DomainError('malformedRequest')); });
    request.once('error', (cause) => reject(new DomainError('malformedRequest', {}, cause)));
  });
}

/** An object or a list, as Express's parser has it. Throws `malformedRequest`. */
function parsed(text: string): unknown {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (cause) {
    throw new DomainError('malformedRequest', {}, cause);
  }
  if (typeof body !== 'object' || body === null) throw new DomainError('malformedRequest');
  return body;
}
