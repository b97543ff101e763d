import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Database, DomainError, Log } from '#libs/platform';
import type { Transport } from '#libs/sfu';
import { mediaFailure } from '../sfu-failure.js';
import type { Session } from './session.js';
import { readFragment, writeFragment } from './trickle.rules.js';

/** How often keys that were turned are looked for, milliseconds. */
const LOOK = 2_000;
/** A client whose line is gone may restart ICE for so long, milliseconds. */
const PATIENCE = 15_000;
/** A client that was answered has so long to connect, milliseconds. */
const TO_CONNECT = 30_000;

/** What a `PATCH` is answered with: nothing (204), or our side of a new ICE session. */
export interface Patched { etag: string; fragment: string | null }

/** The WHIP and WHEP sessions of this node. */
@Injectable()
export class Sessions implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly all = new Map<string, Session>();
  private looking: NodeJS.Timeout | undefined;

  constructor(private readonly database: Database, private readonly log: Log) {}

  onApplicationBootstrap(): void {
    this.looking = setInterval(() => void this.endTurned().catch((err: unknown) => this.log.warn({ err }, 'Turned keys could not be looked for; it is tried again.')), LOOK).unref();
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.looking);
  }

  /** Keeps it until its peer leaves, its line is gone, or its key is turned. An encoder that comes back with its key replaces itself. */
  add(session: Session): void {
    for (const other of this.all.values()) if (session.keyId !== null && other.keyId === session.keyId) other.peer.close('replaced');
    this.all.set(session.id, session);
    session.peer.once('closed', () => this.all.delete(session.id));
    endWithLine(session.transport, () => session.peer.close('gone'));
  }

  /** Throws `notFound`. */
  find(roomId: string, id: string): Session {
    const session = this.all.get(id);
    if (!session || session.roomId !== roomId) throw new DomainError('notFound');
    return session;
  }

  end(session: Session): void {
    session.peer.close('left');
  }

  /**
   * Trickle ICE and ICE restart (RFC 9725, 4.3). `If-Match` names the ICE session that is meant, `*` any: then a new name of the client's
   * begins a new one. Throws `ifMatchRequired`, `sessionChanged`, `malformedRequest`.
   */
  async patch(session: Session, ifMatch: string | undefined, text: string): Promise<Patched> {
    if (ifMatch === undefined) throw new DomainError('ifMatchRequired');
    const fragment = readFragment(text);
    if (ifMatch !== '*' && ifMatch !== session.etag) throw new DomainError('sessionChanged');
    if (session.speaks(fragment)) return { etag: session.etag, fragment: null };
    if (ifMatch !== '*') throw new DomainError('sessionChanged');
    await session.restartIce(fragment).catch((error: unknown) => Promise.reject(mediaFailure(error)));
    return { etag: session.etag, fragment: writeFragment(session.transport.params, session.mid) };
  }

  private async endTurned(): Promise<void> {
    const keyIds = [...this.all.values()].flatMap(({ keyId }) => keyId ?? []);
    if (keyIds.length === 0) return;
    const turned = await this.database.read.roomKey.findMany({ where: { id: { in: keyIds }, revokedAt: { not: null } }, select: { id: true } });
    for (const { id } of turned) for (const session of this.all.values()) if (session.keyId === id) session.peer.close('removed');
  }
}

/** Ends with the transport: at once when it is closed or failed, after a while when nothing is heard, yet or any more. */
function endWithLine(transport: Transport, end: () => void): void {
  let timer: NodeJS.Timeout | undefined = setTimeout(end, TO_CONNECT).unref();
  transport.once('closed', () => {
    clearTimeout(timer);
    end();
  });
  transport.on('state', (state) => {
    if (state === 'new' || state === 'connecting') return;
    clearTimeout(timer);
    if (state === 'failed') end();
    if (state === 'disconnected') timer = setTimeout(end, PATIENCE).unref();
  });
}
