import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { errorMessage, errors, type ErrorCode } from '#libs/contracts';

/** Node's own limit of a request's head, which an address is part of. */
const HEAD_LIMIT = '16 kB';

/**
 * Answers what Node's parser refuses before any handler sees it (a head too long, bytes that are no HTTP), in the one shape.
 * Nothing is known of such a request: no language, no id. A connection that is gone is only closed.
 */
export function answerClientErrors(server: Server): void {
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
    const code: ErrorCode = error.code === 'HPE_HEADER_OVERFLOW' ? 'payloadTooLarge' : 'malformedRequest';
    const body = JSON.stringify({ error: { code, message: errorMessage(code, 'zh', { limit: HEAD_LIMIT }), requestId: '-' } });
    socket.end(`HTTP/1.1 ${errors[code][0]} Refused\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`);
  });
}
