import type { Response } from 'express';
import type { IceServer } from '#libs/contracts';
import { allowOrigins } from '../cross-origin.js';
import type { Session } from './session.js';
import type { Patched } from './sessions.js';

export const SDP = 'application/sdp';
export const SDP_FRAGMENT = 'application/trickle-ice-sdpfrag';
const EXPOSED = ['Location', 'ETag', 'Link', 'Accept-Patch', 'Accept-Post', 'Retry-After'];

/** Of every answer, refusals included: pages of other origins may read it. */
export function sessionHeaders(response: Response): void {
  allowOrigins(response, { exposed: EXPOSED });
}

/** CORS, and what an endpoint takes. */
export function sendOptions(response: Response, methods: string[], iceServers: IceServer[]): void {
  allowOrigins(response, { methods, headers: ['Authorization', 'Content-Type', 'If-Match', 'If-None-Match'], exposed: EXPOSED });
  response.setHeader('Allow', methods.join(', '));
  response.setHeader(methods.includes('POST') ? 'Accept-Post' : 'Accept-Patch', methods.includes('POST') ? SDP : SDP_FRAGMENT);
  linkIceServers(response, iceServers);
  response.status(204).end();
}

export function sendCreated(response: Response, location: string, { etag }: Session, answer: string, iceServers: IceServer[]): void {
  response.status(201).setHeader('Location', location).setHeader('ETag', etag).setHeader('Accept-Patch', SDP_FRAGMENT).setHeader('Cache-Control', 'no-store');
  linkIceServers(response, iceServers);
  response.type(SDP).send(answer);
}

export function sendPatched(response: Response, { etag, fragment }: Patched): void {
  response.setHeader('ETag', etag);
  if (fragment === null) response.status(204).end();
  else response.status(200).type(SDP_FRAGMENT).send(fragment);
}

/** RFC 9725, 4.6: one link a server, with its short-lived credentials. */
function linkIceServers(response: Response, servers: IceServer[]): void {
  const quoted = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`;
  const links = servers.flatMap(({ urls, username, credential }) => urls.map((url) => {
    const secret = username !== undefined && credential !== undefined ? `; username=${quoted(username)}; credential=${quoted(credential)}; credential-type="password"` : '';
    return `<${url}>; rel="ice-server"${secret}`;
  }));
  if (links.length > 0) response.setHeader('Link', links);
}
