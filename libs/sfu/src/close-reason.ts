/**
 * Why something of a room is closed. `closed`: its own close() was called. `parentClosed`: what it lives in was closed.
 * `producerClosed`: what it shows has ended. `peerClosed`: the other end said goodbye (DTLS). `workerDied`: the process
 * that carried it is gone; whoever needs it opens a new one.
 */
export type CloseReason = 'closed' | 'parentClosed' | 'producerClosed' | 'peerClosed' | 'workerDied';

/** What a parent's end is to its children. */
export const below = (reason: CloseReason): CloseReason => (reason === 'workerDied' ? 'workerDied' : 'parentClosed');
