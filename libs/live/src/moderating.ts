import { Injectable } from '@nestjs/common';
import { mediaSources, type Message, type MessageStatus, type Moderation, type Sanction, type Sanctioning } from '#libs/contracts';
import { Events } from '#libs/events';
import { Audit, type MemberActor } from '#libs/identity';
import { Database, DomainError, fieldRefused, newId, type ChatMessage, type Tx } from '#libs/platform';
import { Rooms } from '#libs/rooms';
import { offsetOf } from './broadcast.rules.js';
import { Broadcasts, type BroadcastRow } from './broadcasts.js';
import { heldView, messageView, sanctionView } from './message.view.js';
import { accountKey } from './person.js';
import { Sanctions, type Culprit } from './sanctions.js';
import { scopeOf } from './scope.js';
import { Stage } from './stage.js';

const MINUTE = 60_000;
/** A mute for which nobody has said how long. */
const MUTE_MINUTES = 10;
/** What waits is shown in lists of this many. */
const MOST = 200;

/** What hosts and organisers do with a chat. */
@Injectable()
export class Moderating {
  constructor(
    private readonly database: Database,
    private readonly events: Events,
    private readonly broadcasts: Broadcasts,
    private readonly sanctions: Sanctions,
    private readonly stage: Stage,
    private readonly rooms: Rooms,
    private readonly audit: Audit,
  ) {}

  /** What waits for a moderator, the longest waiting first. Throws `notFound`, `forbidden`. */
  async waiting(actor: MemberActor, broadcastId: string): Promise<Moderation> {
    const { startedAt } = await this.broadcasts.requireModerator(actor, broadcastId);
    const place = (at: Date): number => offsetOf(startedAt, at);
    const list = { orderBy: { seq: 'asc' }, take: MOST } as const;
    const [held, questions, standing] = await Promise.all([
      this.database.read.chatMessage.findMany({ where: { broadcastId, status: 'held' }, ...list }),
      this.database.read.chatMessage.findMany({ where: { broadcastId, status: 'shown', kind: 'question', answeredAt: null }, ...list }),
      this.sanctions.standing(broadcastId),
    ]);
    return {
      held: held.map((row) => heldView(row, place)),
      questions: questions.map((row) => messageView(row, place, accountKey(actor.accountId))),
      sanctions: standing.map(sanctionView),
    };
  }

  /** Lets a held message through, or not; of two moderators at once the second is told (`messageHeld`). Throws `notFound`, `forbidden`. */
  decide(actor: MemberActor, messageId: string, shown: boolean): Promise<Message> {
    return this.change(actor, messageId, async (tx, broadcast, message) => {
      if (message.status !== 'held') throw new DomainError('messageHeld');
      return this.setStatus(tx, actor, broadcast, message, shown ? 'shown' : 'removed');
    });
  }

  /** Takes a message away from everybody; the row stays as evidence. Twice is once. */
  async remove(actor: MemberActor, messageId: string): Promise<void> {
    await this.change(actor, messageId, async (tx, broadcast, message) =>
      (message.status === 'removed' ? message : this.setStatus(tx, actor, broadcast, message, 'removed')));
  }

  /** Marks a question as answered. Throws `notFound` for what is none. */
  markAnswered(actor: MemberActor, messageId: string): Promise<Message> {
    return this.change(actor, messageId, async (tx, broadcast, message) => {
      if (message.kind !== 'question') throw new DomainError('notFound');
      if (message.answeredAt) return message;
      const answered = await tx.chatMessage.update({ where: { id: messageId }, data: { answeredAt: new Date() } });
      await this.append(tx, actor, broadcast, answered);
      return answered;
    });
  }

  /**
   * Mutes or bans whoever wrote a message or raised a hand, and their browser. Both take them off the stage and their hand down; a
   * ban takes their messages and their line too. Throws `forbidden` for a message of the hosts' own side, `notFound`,
   * `validationFailed` (both named, or neither).
   */
  async sanction(actor: MemberActor, broadcastId: string, { messageId, handId, kind, minutes, reason }: Sanctioning): Promise<Sanction> {
    return this.database.transaction(async (tx) => {
      await this.broadcasts.requireModerator(actor, broadcastId, tx);
      const broadcast = await this.broadcasts.lock(tx, broadcastId);
      const { author, ...culprit } = await this.culprit(tx, actor, broadcastId, { messageId, handId });
      const until = kind === 'mute' ? new Date(Date.now() + (minutes ?? MUTE_MINUTES) * MINUTE) : null;
      const made = await tx.sanction.create({ data: { id: newId(), broadcastId, kind, ...culprit, author, reason, until, byAccountId: actor.accountId } });
      await this.audit.write(tx, actor, `person.${kind === 'ban' ? 'banned' : 'muted'}`, { kind: 'broadcast', id: broadcastId }, { reason, details: { sanctionId: made.id } });
      await this.events.append(tx, 'sanction.made', scopeOf(broadcast), { fairId: broadcast.fairId, broadcastId, sanctionId: made.id, kind, reason }, { actorId: actor.accountId });
      await this.stage.drop(tx, broadcast, culprit, actor.accountId);
      if (kind === 'ban') await this.sendAway(tx, actor, broadcast, culprit);
      return sanctionView(made);
    });
  }

  /** Ends a mute or a ban. No error when it has ended. Throws `notFound`, `forbidden`. */
  async lift(actor: MemberActor, broadcastId: string, sanctionId: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      await this.broadcasts.requireModerator(actor, broadcastId, tx);
      const broadcast = await this.broadcasts.lock(tx, broadcastId);
      const standing = await tx.sanction.findFirst({ where: { id: sanctionId, broadcastId } });
      if (!standing) throw new DomainError('notFound');
      if (standing.liftedAt) return;
      await tx.sanction.update({ where: { id: sanctionId }, data: { liftedAt: new Date() } });
      await this.events.append(tx, 'sanction.lifted', scopeOf(broadcast), { fairId: broadcast.fairId, broadcastId, sanctionId }, { actorId: actor.accountId });
    });
  }

  /** Seconds between two messages of one viewer; 0 ends it. Throws `notFound`, `forbidden`. */
  async setSlowMode(actor: MemberActor, broadcastId: string, seconds: number): Promise<void> {
    await this.database.transaction(async (tx) => {
      await this.broadcasts.requireModerator(actor, broadcastId, tx);
      const broadcast = await this.broadcasts.lock(tx, broadcastId);
      if (broadcast.slowModeSeconds === seconds) return;
      await tx.broadcast.update({ where: { id: broadcastId }, data: { slowModeSeconds: seconds } });
      await this.events.append(tx, 'slowMode.changed', scopeOf(broadcast), { fairId: broadcast.fairId, broadcastId, seconds }, { actorId: actor.accountId });
    });
  }

  private async change(actor: MemberActor, messageId: string, work: (tx: Tx, broadcast: BroadcastRow, message: ChatMessage) => Promise<ChatMessage>): Promise<Message> {
    return this.database.transaction(async (tx) => {
      const known = await tx.chatMessage.findUnique({ where: { id: messageId }, select: { broadcastId: true } });
      if (!known) throw new DomainError('notFound');
      await this.broadcasts.requireModerator(actor, known.broadcastId, tx);
      const broadcast = await this.broadcasts.lock(tx, known.broadcastId);
      const message = await tx.chatMessage.findUniqueOrThrow({ where: { id: messageId } }); // anew: it may have changed before the lock
      return messageView(await work(tx, broadcast, message), (at) => offsetOf(broadcast.startedAt, at), accountKey(actor.accountId));
    });
  }

  private async setStatus(tx: Tx, actor: MemberActor, broadcast: BroadcastRow, message: ChatMessage, status: MessageStatus): Promise<ChatMessage> {
    const decided = await tx.chatMessage.update({ where: { id: message.id }, data: { status, decidedAt: new Date() } });
    await this.append(tx, actor, broadcast, decided);
    return decided;
  }

  private async culprit(tx: Tx, actor: MemberActor, broadcastId: string, { messageId, handId }: Pick<Sanctioning, 'messageId' | 'handId'>): Promise<Culprit & { author: string }> {
    if (handId !== undefined && messageId === undefined) return this.stage.culprit(tx, broadcastId, handId);
    if (messageId === undefined || handId !== undefined) {
      throw fieldRefused({ field: messageId === undefined ? 'messageId' : 'handId', zh: '要么指一条消息，要么指一次举手，只能一样。', en: 'Name a message or a hand, one of the two.' });
    }
    const message = await tx.chatMessage.findFirst({ where: { id: messageId, broadcastId } });
    if (!message) throw new DomainError('notFound');
    const { byHost, personKey, deviceId, author } = message;
    if (byHost || personKey === accountKey(actor.accountId)) throw new DomainError('forbidden');
    return { personKey, deviceId, author };
  }

  private async sendAway(tx: Tx, actor: MemberActor, broadcast: BroadcastRow, { personKey, deviceId }: Culprit): Promise<void> {
    const theirs = await tx.chatMessage.updateManyAndReturn({
      where: { broadcastId: broadcast.id, personKey, status: { not: 'removed' } }, data: { status: 'removed', decidedAt: new Date() },
    });
    for (const message of theirs) await this.append(tx, actor, broadcast, message);
    for (const key of new Set([personKey, ...(deviceId === null ? [] : [`device:${deviceId}`])])) {
      await this.rooms.takeSources(tx, broadcast.roomId, key, { sources: [...mediaSources], removed: true, reason: 'banned' });
    }
  }

  private append(tx: Tx, actor: MemberActor, broadcast: BroadcastRow, { id: messageId, status }: ChatMessage): Promise<void> {
    const { id: broadcastId, fairId } = broadcast;
    return this.events.append(tx, 'message.decided', scopeOf(broadcast), { fairId, broadcastId, messageId, status }, { actorId: actor.accountId });
  }
}
