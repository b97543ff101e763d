import type { Event } from 'socket.io';
import { Context, DomainError, failedAck, newRequestId } from '#libs/platform';
import type { MediaSocket } from './socket.js';

/** Messages at once, and a second: somebody who comes into a room of ten takes forty and more. */
const BURST = 150;
const A_SECOND = 25;
/** A client that goes on after so many refusals is closed. */
const PATIENCE = 200;

/** Stands before every message of one socket: rate, and names that nobody serves. */
export function guardMediaFloods(socket: MediaSocket, known: ReadonlySet<unknown>): void {
  let left = BURST;
  let at = performance.now();
  let refusals = 0;
  socket.use((event: Event, next) => Context.run({ requestId: newRequestId(), language: socket.data.language }, () => {
    const now = performance.now();
    left = Math.min(BURST, left + ((now - at) / 1_000) * A_SECOND);
    at = now;
    if (left < 1 || !known.has(event[0])) {
      refusals += 1;
      if (refusals > PATIENCE) socket.disconnect(true);
      else refuse(event, left < 1 ? new DomainError('tooManyRequests', { seconds: 1 }) : new DomainError('notFound'));
      return;
    }
    left -= 1;
    next();
  }));
}

/** Answers if there is somebody to answer to. */
function refuse(event: Event, error: DomainError): void {
  const ack: unknown = event.at(-1);
  if (typeof ack === 'function') ack(failedAck(error));
}
