import type { Response } from 'express';
import { Log } from '#libs/platform';
import { SDP } from './answers.js';

/** Marks what a node hands on: it is handed on once. Holds nothing of anybody's. */
export const FORWARDED = 'x-fairwind-forwarded';
/** Milliseconds. */
const PATIENCE = 8_000;
/** What the other node's answer says that the encoder needs. */
const KEPT = ['content-type', 'etag', 'accept-patch', 'cache-control', 'link', 'retry-after'];

/**
 * Hands an encoder's offer to the node that holds the room, and the answer back. HTTP clients, OBS's among them, do not show their key
 * to another origin when they are redirected there. What follows (PATCH, DELETE) goes to that node: the answer's Location names it.
 * @returns false: the node was not reached
 */
export async function forward(origin: string, path: string, bearer: string | undefined, offer: string, response: Response): Promise<boolean> {
  try {
    const answer = await fetch(origin + path, {
      method: 'POST', body: offer, redirect: 'manual', signal: AbortSignal.timeout(PATIENCE),
      headers: { 'Content-Type': SDP, [FORWARDED]: '1', ...(bearer !== undefined && { Authorization: bearer }) },
    });
    const text = await answer.text();
    for (const name of KEPT) {
      const value = answer.headers.get(name);
      if (value !== null) response.setHeader(name, value);
    }
    const location = answer.headers.get('location');
    if (location !== null) response.setHeader('Location', new URL(location, origin).href);
    response.status(answer.status).send(text);
    return true;
  } catch (err) {
    log.warn({ err, origin }, 'An encoder could not be handed on to the node that holds its room; it is told to go there itself.');
    return false;
  }
}

const log = Log.named('whip');
