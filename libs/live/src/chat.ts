import { Injectable } from '@nestjs/common';
import type { Actor, Message, MessageQuery, PostMessage } from '#libs/contracts';
import { Events } from '#libs/events';
import { Accounts, isMember, Organisations, Vault } from '#libs/identity';
import { Context, Database, DomainError, GroupCommit, Limits, newId, type ChatMessage, type Prisma, type Tx } from '#libs/platform';
import { isOnAir, offsetOf } from './broadcast.rules.js';
import { Broadcasts, stateRefused, type BroadcastRow, type LiveRole } from './broadcasts.js';
import { HeldWords } from './held-words.js';
import { messageView } from './message.view.js';
import { judge, type Attempt } from './messages.rules.js';
import { accountOf, keyOf, maskedName, personOf } from './person.js';
import { hitting, refusalOf, Sanctions } from './sanctions.js';
import { scopeOf } from './scope.js';
import { Timelines } from './timelines.js';

type Item = Attempt & { language: 'zh' | 'en' };
/** The message and when the broadcast began, or why it was not taken. */
type Outcome = { message: ChatMessage; startedAt: Date | null } | DomainError;

/** Most messages in one transaction, and that wait for it. */
const MOST = 200;
const WAITING = 5_000;
const PAGE = 50;

/**
 * The chat of broadcasts. Messages that arrive together are numbered and written together, under the lock of the broadcast's
 * row: 1, 2, 3 on any number of processes. Nothing is acknowledged before it is written.
 */
@Injectable()
export class Chat {
  private readonly lanes = new Map<string, GroupCommit<Item, Outcome>>();

  constructor(
    private readonly database: Database,
    private readonly events: Events,
    private readonly broadcasts: Broadcasts,
    private readonly sanctions: Sanctions,
    private readonly heldWords: HeldWords,
    private readonly timelines: Timelines,
    private readonly accounts: Accounts,
    private readonly organisations: Organisations,
    private readonly vault: Vault,
    private readonly limits: Limits,
  ) {}

  /**
   * Posts a message; one with words of the list is held, and its author sees it as if it were there. Throws `banned`, `muted`,
   * `slowMode`, `broadcastStateRefused`, `tooManyRequests`, `notFound`.
   */
  async post(actor: Actor, broadcastId: string, { kind, text, deviceId }: PostMessage): Promise<Message> {
    const person = personOf(actor, deviceId);
    const key = `${broadcastId}:${person.personKey}`;
    await this.limits.take('messageByPerson', key);
    await this.limits.take('messageByPersonHour', key);
    const { broadcast, fair, role } = await this.broadcasts.requireVisible(actor, broadcastId);
    const author = await this.author(actor, role);
    const trusted = role !== 'viewer';
    const outcome = await this.lane(broadcast.id, fair.organiserId).add({ ...person, kind, text, author, byHost: trusted, trusted, language: Context.current().language });
    if (outcome instanceof DomainError) throw outcome;
    const { message, startedAt } = outcome;
    return messageView(message, (at) => offsetOf(startedAt, at), person.personKey);
  }

  /** In the order of their numbers: the newest, those after a number, or those before one. One's own held ones too. */
  async list(actor: Actor, broadcastId: string, { after, before, limit = PAGE, kind }: MessageQuery): Promise<Message[]> {
    const { broadcast } = await this.broadcasts.requireVisible(actor, broadcastId);
    const own = keyOf(actor, undefined);
    const visible: Prisma.ChatMessageWhereInput = own === null ? { status: 'shown' } : { OR: [{ status: 'shown' }, { status: 'held', personKey: own }] };
    const rows = await this.database.read.chatMessage.findMany({
      where: { broadcastId, kind, seq: { gt: after, lt: before }, ...visible },
      orderBy: { seq: after === undefined ? 'desc' : 'asc' }, take: limit,
    });
    if (after === undefined) rows.reverse();
    const place = await this.timelines.of(broadcast);
    return rows.map((row) => messageView(row, place, own));
  }

  private async author(actor: Actor, role: LiveRole): Promise<string> {
    if (!('accountId' in actor)) return maskedName('');
    if (!isMember(actor)) return maskedName((await this.vault.names([actor.accountId])).get(actor.accountId) ?? '');
    if (role === 'moderator' && actor.role.startsWith('organiser')) return (await this.organisations.names([actor.organisationId])).get(actor.organisationId) ?? '';
    const name = (await this.accounts.displayNames([actor.accountId])).get(actor.accountId) ?? '';
    return role === 'viewer' ? maskedName(name) : name;
  }

  private lane(broadcastId: string, organiserId: string): GroupCommit<Item, Outcome> {
    const known = this.lanes.get(broadcastId);
    if (known) return known;
    const lane = new GroupCommit<Item, Outcome>({
      run: (items) => this.database.transaction((tx) => this.write(tx, broadcastId, organiserId, items)),
      max: MOST, waiting: WAITING,
      // Nothing of one message can break the batch: what fails is the database.
      hopeless: () => true,
      onIdle: () => void this.lanes.delete(broadcastId),
    });
    this.lanes.set(broadcastId, lane);
    return lane;
  }

  private async write(tx: Tx, broadcastId: string, organiserId: string, items: readonly Item[]): Promise<Outcome[]> {
    const broadcast = await this.broadcasts.lock(tx, broadcastId);
    if (!isOnAir(broadcast.status)) return items.map(({ language }) => stateRefused(broadcast.status, language));
    const standing = await this.sanctions.standing(broadcastId, tx);
    const refusals = items.map((item) => (item.trusted ? null : refusalOf(hitting(standing, item))));
    const open = items.filter((_, place) => refusals[place] === null);
    const rows = open.length > 0 ? await this.take(tx, broadcast, organiserId, open) : [];
    let next = 0;
    return refusals.map((refusal) => {
      if (refusal) return refusal;
      const row = rows[next++] as ChatMessage | DomainError;
      return row instanceof DomainError ? row : { message: row, startedAt: broadcast.startedAt };
    });
  }

  private async take(tx: Tx, broadcast: BroadcastRow, organiserId: string, items: readonly Item[]): Promise<(ChatMessage | DomainError)[]> {
    const { id: broadcastId, fairId, lastSeq, slowModeSeconds } = broadcast;
    const check = await this.heldWords.check(organiserId, tx);
    const { now, lastSentAt } = await this.moment(tx, broadcastId, slowModeSeconds > 0 ? items.map(({ personKey }) => personKey) : []);
    const verdicts = judge(items, { now, lastSeq, slowModeSeconds, lastSentAt }, (text) => check.find(text));
    const outcomes = verdicts.map((verdict, place): ChatMessage | DomainError => {
      const { kind, text, author, byHost, personKey, deviceId } = items[place] as Item;
      if (!verdict.taken) return new DomainError('slowMode', { seconds: verdict.waitSeconds });
      const { seq, words } = verdict;
      const status = words.length > 0 ? 'held' : 'shown';
      return {
        id: newId(), broadcastId, seq, kind, status, text, author, byHost, personKey, deviceId, words: words as unknown as Prisma.JsonArray,
        answeredAt: null, decidedAt: null, sentAt: now,
      };
    });
    const rows = outcomes.filter((outcome): outcome is ChatMessage => !(outcome instanceof DomainError));
    if (rows.length === 0) return outcomes;
    await tx.chatMessage.createMany({ data: rows.map((row) => ({ ...row, words: row.words as Prisma.InputJsonValue })) });
    await tx.$executeRaw`UPDATE "Broadcast" SET "lastSeq" = ${lastSeq + rows.length} WHERE id = ${broadcastId}::uuid`;
    await this.events.appendMany(tx, rows.map(({ id: messageId, kind, status, personKey }) => ({
      type: 'message.posted', scope: scopeOf(broadcast), data: { fairId, broadcastId, messageId, kind, status },
      actorId: accountOf(personKey),
    })));
    return outcomes;
  }

  /** The database's time, and when these people wrote last. */
  private async moment(tx: Tx, broadcastId: string, personKeys: readonly string[]): Promise<{ now: Date; lastSentAt: Map<string, number> }> {
    const [{ now }] = await tx.$queryRaw<[{ now: Date }]>`SELECT clock_timestamp() AS now`;
    if (personKeys.length === 0) return { now, lastSentAt: new Map() };
    const rows = await tx.chatMessage.groupBy({ by: ['personKey'], where: { broadcastId, personKey: { in: [...new Set(personKeys)] } }, _max: { sentAt: true } });
    return { now, lastSentAt: new Map(rows.flatMap(({ personKey, _max }) => (_max.sentAt ? [[personKey, _max.sentAt.getTime()] as const] : []))) };
  }
}
