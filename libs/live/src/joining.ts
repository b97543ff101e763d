import { Injectable } from '@nestjs/common';
import type { Actor, BroadcastPass, JoinBroadcast, MyPlace, WhipKey } from '#libs/contracts';
import { origin } from '#libs/fairs';
import { Accounts, type MemberActor } from '#libs/identity';
import { Jobs } from '#libs/jobs';
import { Context, Database, DomainError, Limits, Settings, type Tx } from '#libs/platform';
import { Rooms, type RoomBearer } from '#libs/rooms';
import { isOnAir, isOver } from './broadcast.rules.js';
import { Broadcasts, stateRefused, type BroadcastRow, type LiveRole } from './broadcasts.js';
import { accountKey, personOf, type Person } from './person.js';
import { Reminders } from './reminders.js';
import { livePlaylist } from './replays.js';
import { hitting, mutedUntil, Sanctions } from './sanctions.js';
import { Stage } from './stage.js';
import { takesPlace } from './stage.rules.js';

/** Who enters a broadcast's room, as what. */
@Injectable()
export class Joining {
  constructor(
    private readonly database: Database,
    private readonly broadcasts: Broadcasts,
    private readonly sanctions: Sanctions,
    private readonly stage: Stage,
    private readonly reminders: Reminders,
    private readonly rooms: Rooms,
    private readonly accounts: Accounts,
    private readonly jobs: Jobs,
    private readonly limits: Limits,
    private readonly settings: Settings,
  ) {}

  /**
   * A pass to its room. Viewers while it is on air; a guest only while they are asked or on stage; its hosts until it is over.
   * Throws `banned`, `broadcastStateRefused`, `handStateRefused` (not asked on stage), `forbidden`, `notFound`, and what `Rooms.pass` throws;
   * `mediaFull` names the other way to watch (`hlsUrl`), which takes no place.
   */
  async join(actor: Actor, broadcastId: string, { deviceId, as }: JoinBroadcast): Promise<BroadcastPass> {
    const person = personOf(actor, deviceId);
    await this.limits.take('joinByPerson', `${broadcastId}:${person.personKey}`);
    const { broadcast, role } = await this.broadcasts.requireVisible(actor, broadcastId);
    if (role === 'viewer') await this.sanctions.requireAdmitted(broadcastId, person);
    const bearer = await this.bearer(actor, broadcast, role, person, as);
    const hlsAt = (node: string | null): string | null => (node !== null && isOnAir(broadcast.status) ? `${node}${livePlaylist(broadcast.roomId)}` : null);
    try {
      const pass = await this.rooms.pass(broadcast.roomId, bearer);
      return { ...pass, hlsUrl: hlsAt(pass.nodeUrl) };
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'mediaFull') throw error;
      throw new DomainError('mediaFull', { ...error.details, hlsUrl: hlsAt(await this.rooms.nodeFor(broadcast.roomId)) }, error);
    }
  }

  /** What somebody is here, for their page. */
  async place(actor: Actor, broadcastId: string, deviceId: string | undefined): Promise<MyPlace> {
    const { role } = await this.broadcasts.requireVisible(actor, broadcastId);
    const person: Partial<Person> = deviceId ? personOf(actor, deviceId) : 'accountId' in actor ? { personKey: accountKey(actor.accountId) } : {};
    const candidate = actor.role === 'candidate' ? actor.accountId : null;
    const [standing, hand, reminded, appliedJobIds] = await Promise.all([
      this.sanctions.standing(broadcastId),
      candidate ? this.stage.handOf(candidate, broadcastId) : null,
      candidate ? this.reminders.isAsked(candidate, broadcastId) : false,
      candidate ? this.broadcasts.jobIdsOf(broadcastId).then((jobIds) => this.jobs.appliedTo(candidate, jobIds)) : [],
    ]);
    const own = role === 'viewer' ? hitting(standing, person) : [];
    return { role, hand, mutedUntil: mutedUntil(own)?.toISOString() ?? null, banned: own.some(({ kind }) => kind === 'ban'), reminded, appliedJobIds };
  }

  /** A key for an encoder, shown this once; the one before ends. Throws `broadcastStateRefused`, `forbidden`, `notFound`. */
  async makeKey(actor: MemberActor, broadcastId: string): Promise<WhipKey> {
    const { roomId } = await this.broadcasts.requireCrew(actor, broadcastId);
    const key = await this.database.transaction(async (tx) => {
      const { status } = await this.broadcasts.lock(tx, broadcastId);
      if (isOver(status)) throw stateRefused(status, Context.current().language);
      await this.rooms.revokeKeys(tx, roomId);
      return this.rooms.makeKey(tx, roomId, actor.accountId);
    });
    // Any node will do: it hands the encoder's offer on to the one that holds the room.
    const node = (await this.rooms.nodeFor(roomId)) || origin(this.settings);
    return { url: `${node}/media/whip/${roomId}`, key, createdAt: new Date().toISOString() };
  }

  /** No encoder gets in with a key any more. No error when there is none. */
  async revokeKeys(actor: MemberActor, broadcastId: string): Promise<void> {
    const { roomId } = await this.broadcasts.requireCrew(actor, broadcastId);
    await this.database.transaction((tx: Tx) => this.rooms.revokeKeys(tx, roomId));
  }

  private async bearer(actor: Actor, broadcast: BroadcastRow, role: LiveRole, { personKey }: Person, as: JoinBroadcast['as']): Promise<RoomBearer> {
    const { id, status } = broadcast;
    const accountId = 'accountId' in actor ? actor.accountId : undefined;
    const early = role !== 'viewer' && status === 'rehearsing';
    if (as === 'host') {
      if (role !== 'host' || accountId === undefined) throw new DomainError(actor.role === 'anyone' ? 'unauthenticated' : 'forbidden');
      if (isOver(status)) throw stateRefused(status, Context.current().language);
      const name = (await this.accounts.displayNames([accountId])).get(accountId) ?? '';
      return { personKey, accountId, name, role: 'host', sources: ['camera', 'microphone', 'screen', 'screenAudio'] };
    }
    if (!isOnAir(status) && !early) throw stateRefused(status, Context.current().language);
    if (as === 'viewer') return { personKey, accountId, name: '', role: 'viewer', sources: [] };
    const hand = actor.role === 'candidate' ? await this.stage.handOf(actor.accountId, id) : null;
    if (!hand || !takesPlace(hand.status)) throw new DomainError('handStateRefused');
    // Asked, but no yes yet: the page may prepare, and sends nothing.
    return { personKey, accountId, name: hand.name, role: 'guest', sources: hand.status === 'onStage' ? ['microphone', 'camera'] : [] };
  }
}
