import { Injectable } from '@nestjs/common';
import type { Actor, Complaint, DecideComplaint, MakeComplaint, ReceivedComplaint } from '#libs/contracts';
import { Events } from '#libs/events';
import { Fairs } from '#libs/fairs';
import { Accounts, Audit, isMember, Organisations, Vault, type MemberActor } from '#libs/identity';
import { Database, DomainError, fieldRefused, Limits, newId, type Complaint as ComplaintRow, type Prisma, type Reader, type Tx } from '#libs/platform';
import { offsetOf } from './broadcast.rules.js';
import { Broadcasts, type BroadcastRow } from './broadcasts.js';
import { complaintView, receivedView, type Subjects } from './complaint.view.js';
import { accountOf, keyOf, maskedName, personOf } from './person.js';
import { scopeOf } from './scope.js';

/** A list shows so many of those that wait, and so many that were decided. */
const MOST = 200;

/**
 * 投诉举报 about broadcasts: whoever watches complains, the fair's organiser decides with a reason, and who complained reads it. The employer
 * and its hosts see none of it.
 */
@Injectable()
export class Complaints {
  constructor(
    private readonly database: Database,
    private readonly events: Events,
    private readonly broadcasts: Broadcasts,
    private readonly fairs: Fairs,
    private readonly accounts: Accounts,
    private readonly organisations: Organisations,
    private readonly vault: Vault,
    private readonly audit: Audit,
    private readonly limits: Limits,
  ) {}

  /**
   * Takes a complaint, from who was banned as well. Throws `complaintStands` while one of theirs about the same waits, `validationFailed`,
   * `notFound` (the message or the host too), `tooManyRequests`.
   */
  async make(actor: Actor, broadcastId: string, { kind, text, hostId, messageId, deviceId }: MakeComplaint, address: string): Promise<Complaint> {
    const person = personOf(actor, deviceId);
    if (kind === 'other' && text === '') throw fieldRefused({ field: 'text', zh: '请写一句出了什么事。', en: 'Say in a sentence what happened.' });
    if (hostId && messageId) throw fieldRefused({ field: 'hostId', zh: '主播和消息只能选一个。', en: 'Name the host or the message, not both.' });
    await this.limits.take('complaintByPerson', `${broadcastId}:${person.personKey}`);
    if (!accountOf(person.personKey)) await this.limits.take('complaintByAddress', address);
    await this.broadcasts.requireVisible(actor, broadcastId);
    const author = await this.shownName(actor);
    return this.database.transaction(async (tx) => {
      const broadcast = await this.broadcasts.lock(tx, broadcastId);
      const about = { hostId: hostId ?? null, messageId: messageId ?? null };
      const subjects = await this.subjectsOf(tx, broadcastId, about);
      const standing = await tx.complaint.count({ where: { broadcastId, ...about, kind, personKey: person.personKey, status: 'waiting' } });
      if (standing > 0) throw new DomainError('complaintStands');
      const made = await tx.complaint.create({ data: { id: newId(), broadcastId, kind, text, ...about, ...person, author } });
      const view = complaintView(made, subjects);
      await this.events.append(tx, 'complaint.made', scopeOf(broadcast), { fairId: broadcast.fairId, broadcastId, complaintId: made.id, kind, subject: view.subject.kind }, {
        actorId: accountOf(person.personKey),
      });
      return view;
    });
  }

  /** One's own in a broadcast, the newest first. Throws `notFound`. */
  async mine(actor: Actor, broadcastId: string, deviceId: string | undefined): Promise<Complaint[]> {
    await this.broadcasts.requireVisible(actor, broadcastId);
    // What was written before the sign-in, on the same browser, is theirs as well.
    const keys = [keyOf(actor, deviceId), deviceId === undefined ? null : personOf({ role: 'anyone' }, deviceId).personKey].filter((key) => key !== null);
    const rows = await this.database.read.complaint.findMany({ where: { broadcastId, personKey: { in: keys } }, orderBy: { madeAt: 'desc' }, take: MOST });
    const subjects = await this.subjects(this.database.read, rows);
    return rows.map((row) => complaintView(row, subjects(row)));
  }

  /** For its organiser. Throws `notFound`. */
  async ofFair(actor: MemberActor, fairId: string, broadcastId: string | undefined): Promise<ReceivedComplaint[]> {
    await this.fairs.requireOwn(actor, fairId);
    const where: Prisma.ComplaintWhereInput = { broadcast: { fairId }, broadcastId };
    const [waiting, decided] = await Promise.all([
      this.database.read.complaint.findMany({ where: { ...where, status: 'waiting' }, orderBy: { madeAt: 'asc' }, take: MOST }),
      this.database.read.complaint.findMany({ where: { ...where, status: { not: 'waiting' } }, orderBy: { decidedAt: 'desc' }, take: MOST }),
    ]);
    return this.received(this.database.read, [...waiting, ...decided]);
  }

  /** Of two deciders the second is told (`complaintDecided`). Throws `notFound`. */
  async decide(actor: MemberActor, complaintId: string, { upheld, reason }: DecideComplaint): Promise<ReceivedComplaint> {
    return this.database.transaction(async (tx) => {
      const known = await tx.complaint.findUnique({ where: { id: complaintId }, include: { broadcast: true } });
      if (!known) throw new DomainError('notFound');
      const { broadcast } = known;
      const { fairId } = broadcast;
      await this.fairs.requireOwn(actor, fairId, tx);
      const status = upheld ? 'upheld' : 'dismissed';
      const [decided] = await tx.complaint.updateManyAndReturn({
        where: { id: complaintId, status: 'waiting' }, data: { status, reason, decidedAt: new Date(), byAccountId: actor.accountId },
      });
      if (!decided) throw new DomainError('complaintDecided');
      await this.audit.write(tx, actor, `complaint.${status}`, { kind: 'broadcast', id: broadcast.id }, { reason, details: { complaintId, kind: known.kind, name: broadcast.title } });
      await this.events.append(tx, 'complaint.decided', scopeOf(broadcast), { fairId, broadcastId: broadcast.id, complaintId, accountId: accountOf(known.personKey), status }, { actorId: actor.accountId });
      const [view] = await this.received(tx, [decided]);
      return view as ReceivedComplaint;
    });
  }

  private async shownName(actor: Actor): Promise<string> {
    if (!('accountId' in actor)) return maskedName('');
    if (isMember(actor)) return maskedName((await this.accounts.displayNames([actor.accountId])).get(actor.accountId) ?? '');
    return maskedName((await this.vault.names([actor.accountId])).get(actor.accountId) ?? '');
  }

  private async received(reader: Reader, rows: readonly ComplaintRow[]): Promise<ReceivedComplaint[]> {
    const found = await reader.broadcast.findMany({ where: { id: { in: rows.map(({ broadcastId }) => broadcastId) } } });
    const broadcasts = new Map(found.map((one) => [one.id, one]));
    const names = await this.organisations.names(found.map(({ organisationId }) => organisationId), reader);
    const subjects = await this.subjects(reader, rows);
    return rows.map((row) => {
      const { title, organisationId, startedAt } = broadcasts.get(row.broadcastId) as BroadcastRow;
      return receivedView(row, subjects(row), { broadcastTitle: title, organisationName: names.get(organisationId) ?? '', offset: offsetOf(startedAt, row.madeAt) });
    });
  }

  /** Of a new one. Throws `notFound`: not a host of this broadcast, or not a message that its readers could see. */
  private async subjectsOf(tx: Tx, broadcastId: string, { hostId, messageId }: Pick<ComplaintRow, 'hostId' | 'messageId'>): Promise<Subjects> {
    const found = messageId ? await tx.chatMessage.findFirst({ where: { id: messageId, broadcastId } }) : null;
    const message = found && wasSeen(found) ? found : null;
    const host = hostId ? await tx.broadcastHost.findUnique({ where: { broadcastId_accountId: { broadcastId, accountId: hostId } } }) : null;
    if ((messageId && !message) || (hostId && !host)) throw new DomainError('notFound');
    return { message, host: hostId ? (await this.accounts.displayNames([hostId], tx)).get(hostId) ?? '' : '' };
  }

  private async subjects(reader: Reader, rows: readonly ComplaintRow[]): Promise<(row: ComplaintRow) => Subjects> {
    const messages = await reader.chatMessage.findMany({ where: { id: { in: rows.flatMap(({ messageId }) => messageId ?? []) } } });
    const byId = new Map(messages.map((one) => [one.id, one]));
    const names = await this.accounts.displayNames(rows.flatMap(({ hostId }) => hostId ?? []), reader);
    return ({ messageId, hostId }) => ({ message: (messageId && byId.get(messageId)) || null, host: (hostId && names.get(hostId)) || '' });
  }
}

/** Readers could see it: what was held and then refused keeps its words, and was shown to nobody. */
const wasSeen = ({ status, words }: { status: string; words: unknown }): boolean =>
  status === 'shown' || (status === 'removed' && Array.isArray(words) && words.length === 0);
