import { Injectable } from '@nestjs/common';
import { errorMessage, mediaSources, type MediaReadiness, type MediaSource, type RoomKind, type RoomPass, type Scope } from '#libs/contracts';
import { Events } from '#libs/events';
import { Context, Database, DomainError, newId, type Room, type Tx } from '#libs/platform';
import { IceServers } from './ice-servers.js';
import { Placing, seen } from './placing.js';
import { RoomKeys } from './room-keys.js';
import { scopeOf } from './room-scope.js';
import { RoomTokens, type RoomBearer } from './room-tokens.js';

export interface NewRoom {
  kind: RoomKind;
  /** The broadcast or the interview. */
  ownerId: string;
  /** Where its events belong. */
  scope: Scope;
  /** Its streams and recordings are for anyone. */
  isPublic: boolean;
}

/** What is taken from a person in a room. */
export interface TakenSources {
  sources: MediaSource[];
  /** Leaves the room, too. */
  removed: boolean;
  reason: string;
}

/** Live rooms: opened and closed by what they are for, entered with a pass. */
@Injectable()
export class Rooms {
  constructor(
    private readonly database: Database,
    private readonly events: Events,
    private readonly placing: Placing,
    private readonly tokens: RoomTokens,
    private readonly keys: RoomKeys,
    private readonly iceServers: IceServers,
  ) {}

  /** Appends `room.opened`. No media node is troubled until somebody enters. */
  async open(tx: Tx, { kind, ownerId, scope, isPublic }: NewRoom): Promise<Room> {
    const room = await tx.room.create({
      data: { id: newId(), kind, ownerId, scopeKind: scope.kind, scopeId: scope.kind === 'platform' ? null : scope.id, isPublic },
    });
    await this.events.append(tx, 'room.opened', scope, { roomId: room.id, kind, ownerId });
    return room;
  }

  /** For good: everybody leaves, its keys are revoked. Appends `room.closed` the first time. */
  async close(tx: Tx, roomId: string): Promise<void> {
    const [room] = await tx.room.updateManyAndReturn({ where: { id: roomId, closedAt: null }, data: { closedAt: new Date(), nodeId: null, publishing: false, recording: false } });
    if (!room) return;
    await this.keys.revoke(tx, roomId);
    await this.events.append(tx, 'room.closed', scopeOf(room), { roomId, kind: room.kind, ownerId: room.ownerId });
  }

  /** Whether its streams and recordings are for anyone, or only for people with its tokens (a rehearsal, one that was stopped). Who watches already goes on. */
  async setPublic(tx: Tx, roomId: string, isPublic: boolean): Promise<void> {
    await tx.room.update({ where: { id: roomId }, data: { isPublic } });
  }

  /** Whether one of its hosts sends something now, as the node that holds it last said. */
  async isPublishing(roomId: string, reader: Tx | Database['read'] = this.database.read): Promise<boolean> {
    const room = await reader.room.findUnique({ where: { id: roomId }, select: { publishing: true } });
    return room?.publishing ?? false;
  }

  /** Asks for a recording or for its end. Appends `room.recordingChanged` when it was otherwise. Throws `notFound`, `roomClosed`. */
  async setRecording(tx: Tx, roomId: string, on: boolean): Promise<void> {
    const room = await this.placing.lock(tx, roomId);
    if (room.recording === on) return;
    await tx.room.update({ where: { id: roomId }, data: { recording: on } });
    await this.events.append(tx, 'room.recordingChanged', scopeOf(room), { roomId, kind: room.kind, ownerId: room.ownerId, recording: on });
  }

  /**
   * A person may no longer send these sources; tokens that were made before are worth that much less. Appends
   * `room.sourcesTaken`, which the node follows. A closed room has nothing to take. Throws `notFound`.
   */
  async takeSources(tx: Tx, roomId: string, personKey: string, { sources, removed, reason }: TakenSources): Promise<void> {
    const room = await tx.room.findUnique({ where: { id: roomId } });
    if (!room) throw new DomainError('notFound');
    if (room.closedAt) return;
    await this.events.append(tx, 'room.sourcesTaken', scopeOf(room), { roomId, personKey, sources, removed, reason });
  }

  /** Somebody who may not be there any more leaves, and comes in neither with a pass nor with a key of theirs. A closed room has nothing to leave. Throws `notFound`. */
  async shutOut(tx: Tx, roomId: string, accountId: string, reason: string): Promise<void> {
    await this.keys.revoke(tx, roomId, accountId);
    await this.takeSources(tx, roomId, `account:${accountId}`, { sources: [...mediaSources], removed: true, reason });
  }

  /**
   * What a browser needs to enter. Places the room if nobody holds it. Throws `notFound`, `roomClosed`, `mediaPreparing`,
   * `mediaUnavailable`, and `mediaFull`: for viewers also when the node that holds the room is full.
   */
  async pass(roomId: string, bearer: RoomBearer): Promise<RoomPass> {
    const { holder: held, now } = await this.placing.holder(roomId);
    const holder = held ?? (await this.database.transaction((tx) => this.placing.place(tx, roomId)));
    if (holder.full && bearer.role === 'viewer') throw new DomainError('mediaFull');
    const { token, expiresAt } = await this.tokens.make(roomId, bearer, now);
    const { role, sources } = bearer;
    return { roomId, token, expiresAt: expiresAt.toISOString(), nodeUrl: holder.url, role, sources, iceServers: this.iceServers.make(now) };
  }

  /** A new bearer key for an encoder (WHIP), shown this once; only its hash is kept. Throws `notFound`, `roomClosed`. */
  async makeKey(tx: Tx, roomId: string, accountId: string): Promise<string> {
    await this.placing.lock(tx, roomId);
    return this.keys.make(tx, roomId, accountId);
  }

  /** No key of this room opens it any more. */
  revokeKeys(tx: Tx, roomId: string): Promise<void> {
    return this.keys.revoke(tx, roomId);
  }

  /** Origin of a media node that is alive, for what any of them serves (recordings, WHIP); `''`: the page's own; null: there is none. */
  async anyNode(): Promise<string | null> {
    const [node] = await this.database.read.$queryRaw<{ url: string }[]>`SELECT url FROM "MediaNode" WHERE NOT draining AND ${seen} ORDER BY load, id LIMIT 1`;
    return node?.url ?? null;
  }

  /** Origin of the node that holds a room, for an encoder's address; any node while nobody does. Null: there is none. */
  async nodeFor(roomId: string): Promise<string | null> {
    const [node] = await this.database.read.$queryRaw<{ url: string }[]>`
      SELECT n.url FROM "Room" r JOIN "MediaNode" n ON n.id = r."nodeId" WHERE r.id = ${roomId}::uuid AND NOT n.draining AND ${seen}`;
    return node ? node.url : this.anyNode();
  }

  /** Whether live media can be carried now, with a sentence in the language of who asks. */
  async readiness(): Promise<MediaReadiness> {
    const nodes = await this.database.read.$queryRaw<{ state: MediaReadiness['state']; percent: number }[]>`
      SELECT state::text, percent FROM "MediaNode" WHERE NOT draining AND ${seen} ORDER BY percent DESC`;
    const { language } = Context.current();
    if (nodes.some(({ state }) => state === 'ready')) return { state: 'ready', percent: 100, message: language === 'zh' ? '可以直播。' : 'Live media is ready.' };
    const preparing = nodes.find(({ state }) => state === 'preparing');
    if (preparing) return { state: 'preparing', percent: preparing.percent, message: errorMessage('mediaPreparing', language, { percent: preparing.percent }) };
    return { state: 'unavailable', percent: 0, message: errorMessage('mediaUnavailable', language) };
  }
}
