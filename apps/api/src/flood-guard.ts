import type { Event } from 'socket.io';
import { DomainError, failedAck } from '#libs/platform';
import { inItsContext } from './handshake.js';
import type { LiveSocket } from './socket.js';

/** What a client may ask. Anything else is answered, if it wants an answer, and goes nowhere. */
const known: ReadonlySet<unknown> = new Set(['subscribe', 'unsubscribe']);
/** Messages at once, and a second: a page that comes back subscribes to ten topics at most. */
const BURST = 60;
const A_SECOND = 10;
/** A client that goes on after so many refusals is closed. */
const PATIENCE = 120;

/** Stands before every message of one socket: rate, and names that nobody serves. */
export function guardFloods(socket: LiveSocket): void {
  let left = BURST;
  let at = performance.now();
  let refusals = 0;
  socket.use((event: Event, next) => inItsContext(socket.data.language, () => {
    const now = performance.now();
    left = Math.min(BURST, left + ((now - at) / 1_000) * A_SECOND);
    at = now;
    if (left < 1) {
      refusals += 1;
      if (refusals > PATIENCE) socket.disconnect(true);
      else refuse(event, new DomainError('tooManyRequests', { seconds: Math.ceil((1 - left) / A_SECOND) }));
      return;
    }
    left -= 1;
    if (known.has(event[0])) next();
    else refuse(event, new DomainError('notFound'));
  }));
}

/** Answers if there is somebody to answer to. */
function refuse(event: Event, error: DomainError): void {
  const ack: unknown = event.at(-1);
  if (typeof ack === 'function') ack(failedAck(error));
}
