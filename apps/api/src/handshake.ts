import { Injectable } from '@nestjs/common';
import { isUUID } from 'class-validator';
import type { Actor, Language } from '#libs/contracts';
import { AccessTokens } from '#libs/identity';
import { answerFailure, Context, DomainError, languageOf, Log, newRequestId } from '#libs/platform';
import { actorRooms, type LiveSocket } from './socket.js';

/** How often the token of an account is looked at again, milliseconds. Who loses access meanwhile is closed by the event (departures.ts). */
const RECHECK = 30_000;
const LONGEST_TOKEN = 2_048;

/** Who a client is: read once when its line opens, and looked at again while it is open. */
@Injectable()
export class Handshake {
  constructor(
    private readonly tokens: AccessTokens,
    private readonly log: Log,
  ) {}

  /** Lets a client in or refuses it (`connect_error` with the error as its `data`). Without a token it is anyone. */
  async admit(socket: LiveSocket, next: (error?: Error) => void): Promise<void> {
    const language = languageOf(asText(socket.handshake.headers['accept-language']));
    await Context.run({ requestId: newRequestId(), language }, async () => {
      try {
        const { token, actor } = await this.actorOf(socket.handshake.auth);
        const personKey = personKeyOf(actor, socket.handshake.auth.deviceId, socket.id);
        Object.assign(socket.data, { actor, personKey, token, language, checkedAt: performance.now(), topics: new Map(), slow: null });
        await socket.join(actorRooms(actor));
        next();
      } catch (error) {
        next(refused(error));
      }
    });
  }

  /** Begins to look again whenever the client answers a ping. A gate's device is seen by it, too: its token is asked each time. */
  keepLooking(socket: LiveSocket): void {
    if (socket.data.token === null) return;
    socket.conn.on('heartbeat', () => void this.look(socket));
  }

  private async look(socket: LiveSocket): Promise<void> {
    const { token, actor, checkedAt } = socket.data;
    if (token === null || (actor.role !== 'gateDevice' && performance.now() - checkedAt < RECHECK)) return;
    socket.data.checkedAt = performance.now();
    try {
      await this.tokens.actor(token);
    } catch (error) {
      if (error instanceof DomainError && error.code !== 'unavailable' && error.code !== 'internal') socket.disconnect(true);
      else this.log.warn({ err: error }, 'A token could not be looked at again; the line stays');
    }
  }

  private async actorOf(auth: Record<string, unknown>): Promise<{ token: string | null; actor: Actor }> {
    const { token } = auth;
    if (token === undefined || token === null || token === '') return { token: null, actor: { role: 'anyone' } };
    if (typeof token !== 'string' || token.length > LONGEST_TOKEN) throw new DomainError('unauthenticated');
    return { token, actor: await this.tokens.actor(token) };
  }
}

/** A browser's own id (UUID) tells people who are not signed in apart; one that is none counts for nothing. */
function personKeyOf(actor: Actor, deviceId: unknown, socketId: string): string {
  if ('accountId' in actor) return `account:${actor.accountId}`;
  return typeof deviceId === 'string' && isUUID(deviceId) ? `device:${deviceId.toLowerCase()}` : `socket:${socketId}`;
}

/** The error that socket.io carries to the client. */
function refused(error: unknown): Error {
  const { body } = answerFailure(error);
  return Object.assign(new Error(body.error.message), { data: body.error });
}

const asText = (header: string | string[] | undefined): string | undefined => (Array.isArray(header) ? header[0] : header);

/** A client's language for what is said to it from now on. */
export const inItsContext = (language: Language, work: () => void): void => Context.run({ requestId: newRequestId(), language }, work);
