import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Actor, Hand, HandStatus, RaiseHand } from '#libs/contracts';
import { Events } from '#libs/events';
import { Vault, type CandidateActor, type MemberActor } from '#libs/identity';
import { Context, Database, DomainError, Limits, newId, Timers, type Hand as Row, type Tx } from '#libs/platform';
import { Rooms } from '#libs/rooms';
import { isOnAir } from './broadcast.rules.js';
import { BroadcastTimers, timerNames } from './broadcast-timers.js';
import { Broadcasts, stateRefused, type BroadcastRow } from './broadcasts.js';
import { accountKey, maskedName, personOf } from './person.js';
import { hitting, Sanctions, type Culprit } from './sanctions.js';
import { scopeOf } from './scope.js';
import { after, isUp, placeOf, queue, STAGE_PLACES, stillInvited, takesPlace, type HandStep } from './stage.rules.js';

/** Hands and the stage. All of it under the broadcast's lock, so that of two who act at once the second sees the first. */
@Injectable()
export class Stage implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly events: Events,
    private readonly broadcasts: Broadcasts,
    private readonly sanctions: Sanctions,
    private readonly vault: Vault,
    private readonly rooms: Rooms,
    private readonly timers: Timers,
    private readonly times: BroadcastTimers,
    private readonly limits: Limits,
  ) {}

  onModuleInit(): void {
    this.timers.handle(timerNames.invitation, (tx, { key }) => this.expire(tx, key));
  }

  /** Waits to speak. A second time is the same hand. Throws `broadcastStateRefused`, `banned`, `muted`, `notFound`. */
  async raise(actor: CandidateActor, broadcastId: string, body: RaiseHand): Promise<Hand> {
    const person = personOf(actor, body.deviceId);
    await this.limits.take('handByPerson', `${broadcastId}:${actor.accountId}`);
    await this.broadcasts.requireVisible(actor, broadcastId);
    const name = maskedName((await this.vault.names([actor.accountId])).get(actor.accountId) ?? '');
    return this.database.transaction(async (tx) => {
      const broadcast = await this.broadcasts.lock(tx, broadcastId);
      if (!isOnAir(broadcast.status)) throw stateRefused(broadcast.status, Context.current().language);
      await this.sanctions.requireVoice(tx, broadcastId, person);
      const hands = await this.up(tx, broadcastId);
      const own = hands.find((hand) => hand.accountId === actor.accountId);
      if (own) return view(own, hands);
      const [{ now }] = await tx.$queryRaw<[{ now: Date }]>`SELECT clock_timestamp() AS now`;
      const hand = await tx.hand.create({ data: { id: newId(), broadcastId, accountId: actor.accountId, deviceId: person.deviceId, name, raisedAt: now } });
      await this.append(tx, broadcast, hand, actor.accountId);
      return view(hand, [...hands, hand]);
    });
  }

  /** Asks a person who waits: the next, or whom the host likes. Throws `stageFull`, `handStateRefused`, `notFound`, `forbidden`. */
  async invite(actor: MemberActor, broadcastId: string, handId: string): Promise<Hand> {
    return this.database.transaction(async (tx) => {
      await this.broadcasts.requireCrew(actor, broadcastId, tx);
      const broadcast = await this.broadcasts.lock(tx, broadcastId);
      if (!isOnAir(broadcast.status)) throw stateRefused(broadcast.status, Context.current().language);
      const hands = await this.up(tx, broadcastId);
      const hand = hands.find(({ id }) => id === handId) ?? (await this.gone(tx, broadcastId, handId));
      if (hand.status === 'invited') return view(hand, hands);
      if (hands.filter(({ status }) => takesPlace(status)).length >= STAGE_PLACES) throw new DomainError('stageFull', { limit: STAGE_PLACES });
      const invited = await this.step(tx, broadcast, hand, 'invite', actor.accountId);
      await this.times.invited(tx, handId);
      return view(invited, []);
    });
  }

  /** The person's own answer. Throws `handStateRefused`: not asked, or no longer. */
  async answer(actor: CandidateActor, broadcastId: string, accept: boolean): Promise<Hand> {
    return this.database.transaction(async (tx) => {
      const broadcast = await this.broadcasts.lock(tx, broadcastId);
      const hand = (await this.up(tx, broadcastId)).find(({ accountId }) => accountId === actor.accountId);
      if (!hand) throw new DomainError('handStateRefused');
      if (hand.status === 'onStage' && accept) return view(hand, []);
      if (accept && !stillInvited(hand.invitedAt, new Date())) throw new DomainError('handStateRefused');
      if (accept) await this.sanctions.requireVoice(tx, broadcastId, culpritOf(hand));
      return view(await this.step(tx, broadcast, hand, accept ? 'accept' : 'decline', actor.accountId), []);
    });
  }

  /** Takes one's hand down, turns an invitation down, or steps off the stage. No error when there is nothing to leave. */
  async leave(actor: CandidateActor, broadcastId: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const broadcast = await this.broadcasts.lock(tx, broadcastId);
      const hand = (await this.up(tx, broadcastId)).find(({ accountId }) => accountId === actor.accountId);
      if (hand) await this.step(tx, broadcast, hand, 'leave', actor.accountId);
    });
  }

  /** A host sends somebody off the stage or out of the queue. Throws `notFound`, `forbidden`. */
  async takeOff(actor: MemberActor, broadcastId: string, handId: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      await this.broadcasts.requireModerator(actor, broadcastId, tx);
      const broadcast = await this.broadcasts.lock(tx, broadcastId);
      const hand = await tx.hand.findFirst({ where: { id: handId, broadcastId } });
      if (!hand) throw new DomainError('notFound');
      if (isUp(hand.status)) await this.step(tx, broadcast, hand, 'takeOff', actor.accountId);
    });
  }

  /** Those on stage and asked first, then the queue in its order. Throws `notFound`, `forbidden`. */
  async list(actor: Actor, broadcastId: string): Promise<Hand[]> {
    await this.broadcasts.requireModerator(actor, broadcastId);
    const hands = await this.up(this.database.read, broadcastId);
    return [...hands.filter(({ status }) => takesPlace(status)), ...queue(hands)].map((hand) => view(hand, hands));
  }

  /** A person's own hand, or null. */
  async handOf(accountId: string, broadcastId: string): Promise<Hand | null> {
    const hands = await this.up(this.database.read, broadcastId);
    const own = hands.find((hand) => hand.accountId === accountId);
    return own ? view(own, hands) : null;
  }

  /** Throws `notFound`. */
  async culprit(tx: Tx, broadcastId: string, handId: string): Promise<Culprit & { author: string }> {
    const hand = await tx.hand.findFirst({ where: { id: handId, broadcastId } });
    if (!hand) throw new DomainError('notFound');
    return { ...culpritOf(hand), author: hand.name };
  }

  /** Who may not speak is on stage no more, nor waits for it: the person, and whoever raised a hand on their browser. The broadcast is locked. */
  async drop(tx: Tx, broadcast: BroadcastRow, culprit: Culprit, by: string | null): Promise<void> {
    for (const hand of await this.up(tx, broadcast.id)) {
      if (hitting([culprit], culpritOf(hand)).length > 0) await this.step(tx, broadcast, hand, 'takeOff', by);
    }
  }

  /** A person is gone from the house: their hands go, wherever they are up. */
  async dropEverywhere(tx: Tx, accountId: string): Promise<void> {
    const up = await tx.hand.findMany({ where: { accountId, status: { in: ['raised', 'invited', 'onStage'] } }, orderBy: { broadcastId: 'asc' }, select: { broadcastId: true } });
    const person = { personKey: accountKey(accountId), deviceId: null };
    for (const { broadcastId } of up) await this.drop(tx, await this.broadcasts.lock(tx, broadcastId), person, null);
  }

  /** It is over: nobody waits or speaks any more; the broadcast is locked. */
  async clear(tx: Tx, broadcast: BroadcastRow): Promise<void> {
    for (const hand of await this.up(tx, broadcast.id)) await this.step(tx, broadcast, hand, 'takeOff', null);
  }

  private async expire(tx: Tx, handId: string): Promise<void> {
    const known = await tx.hand.findUnique({ where: { id: handId } });
    if (!known) return;
    const broadcast = await this.broadcasts.lock(tx, known.broadcastId);
    const hand = await tx.hand.findUniqueOrThrow({ where: { id: handId } });
    if (hand.status === 'invited') await this.step(tx, broadcast, hand, 'expire', null);
  }

  private async step(tx: Tx, broadcast: BroadcastRow, hand: Row, step: HandStep, by: string | null): Promise<Row> {
    const status = after(hand.status, step);
    if (status === null) throw new DomainError('handStateRefused');
    const now = new Date();
    const times = status === 'invited' ? { invitedAt: now } : isUp(status) ? {} : { endedAt: now };
    const moved = await tx.hand.update({ where: { id: hand.id }, data: { status, ...times } });
    if (hand.status === 'onStage') await this.silence(tx, broadcast, hand.accountId);
    await this.append(tx, broadcast, moved, by);
    return moved;
  }

  /** Who has left the stage sends nothing more, whatever their page does. */
  private silence(tx: Tx, { roomId }: BroadcastRow, accountId: string): Promise<void> {
    return this.rooms.takeSources(tx, roomId, accountKey(accountId), { sources: ['camera', 'microphone'], removed: false, reason: 'left the stage' });
  }

  private append(tx: Tx, broadcast: BroadcastRow, { id: handId, accountId, status }: Row, by: string | null): Promise<void> {
    const { id: broadcastId, fairId } = broadcast;
    return this.events.append(tx, 'hand.changed', scopeOf(broadcast), { fairId, broadcastId, handId, accountId, status }, { actorId: by });
  }

  private async gone(tx: Tx, broadcastId: string, handId: string): Promise<never> {
    throw new DomainError((await tx.hand.count({ where: { id: handId, broadcastId } })) > 0 ? 'handStateRefused' : 'notFound');
  }

  private up(reader: Tx | Database['read'], broadcastId: string): Promise<Row[]> {
    const statuses: HandStatus[] = ['raised', 'invited', 'onStage'];
    return reader.hand.findMany({ where: { broadcastId, status: { in: statuses } }, orderBy: [{ raisedAt: 'asc' }, { id: 'asc' }] });
  }
}

const culpritOf = ({ accountId, deviceId }: Row): Culprit => ({ personKey: accountKey(accountId), deviceId });

function view(hand: Row, hands: readonly Row[]): Hand {
  const { id, status, name, raisedAt, invitedAt } = hand;
  return { id, status, name, place: placeOf(hands, id), raisedAt: raisedAt.toISOString(), invitedAt: invitedAt?.toISOString() ?? null };
}
