import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DateTime } from 'luxon';
import { Fairs, origin } from '#libs/fairs';
import { Organisations, Vault, type CandidateActor } from '#libs/identity';
import { Context, Database, DomainError, Notify, Settings, Timers, type Tx } from '#libs/platform';
import { isAhead } from './broadcast.rules.js';
import { BroadcastTimers, timerNames } from './broadcast-timers.js';
import { Broadcasts, stateRefused, type BroadcastRow } from './broadcasts.js';

/** So many text messages are queued in one transaction; the others follow in the next. */
const AT_ONCE = 100;

/** A text message to those who asked, a quarter of an hour before it begins. */
@Injectable()
export class Reminders implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly broadcasts: Broadcasts,
    private readonly fairs: Fairs,
    private readonly organisations: Organisations,
    private readonly vault: Vault,
    private readonly notify: Notify,
    private readonly timers: Timers,
    private readonly times: BroadcastTimers,
    private readonly settings: Settings,
  ) {}

  onModuleInit(): void {
    this.timers.handle(timerNames.reminder, (tx, { key }) => this.remind(tx, key));
  }

  /** Asks for it; again is once. Throws `broadcastStateRefused` once it has begun, `notFound`. */
  async ask({ accountId, role }: CandidateActor, broadcastId: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      await this.broadcasts.requireVisible({ role, accountId }, broadcastId, tx);
      const broadcast = await this.broadcasts.lock(tx, broadcastId);
      if (!isAhead(broadcast.status)) throw stateRefused(broadcast.status, Context.current().language);
      const { count } = await tx.broadcastReminder.createMany({ data: [{ broadcastId, accountId }], skipDuplicates: true });
      if (count > 0) await this.times.remind(tx, broadcast);
    });
  }

  /** No error when there is none. */
  async forget({ accountId }: CandidateActor, broadcastId: string): Promise<void> {
    await this.database.read.broadcastReminder.deleteMany({ where: { broadcastId, accountId } });
  }

  async isAsked(accountId: string, broadcastId: string): Promise<boolean> {
    return (await this.database.read.broadcastReminder.count({ where: { broadcastId, accountId } })) > 0;
  }

  /** Those who asked are told that it is off; the broadcast is locked. */
  async tellCancelled(tx: Tx, broadcast: BroadcastRow): Promise<void> {
    const { title } = broadcast;
    const employer = await this.employer(broadcast);
    const waiting = await tx.broadcastReminder.findMany({ where: { broadcastId: broadcast.id } });
    for (const { accountId } of waiting) await this.send(tx, accountId, `broadcast/${broadcast.id}/cancelled/${accountId}`, `您预约的直播《${title}》（${employer}）取消了。`);
  }

  private async remind(tx: Tx, broadcastId: string): Promise<void> {
    const broadcast = await this.broadcasts.lock(tx, broadcastId);
    if (!isAhead(broadcast.status)) return;
    const waiting = await tx.broadcastReminder.findMany({ where: { broadcastId, sentAt: null }, orderBy: { accountId: 'asc' }, take: AT_ONCE + 1 });
    const now = waiting.slice(0, AT_ONCE);
    if (now.length === 0) return;
    const { timeZone } = await this.fairs.timesOf(broadcast.fairId, tx);
    const employer = await this.employer(broadcast);
    const starts = DateTime.fromJSDate(broadcast.startsAt, { zone: timeZone }).toFormat('M月d日 HH:mm');
    const text = `您预约的直播《${broadcast.title}》（${employer}）${starts} 开始：${origin(this.settings)}/live/${broadcastId}`;
    for (const { accountId } of now) await this.send(tx, accountId, `broadcast/${broadcastId}/${broadcast.startsAt.toISOString()}/${accountId}`, text);
    await tx.broadcastReminder.updateMany({ where: { broadcastId, accountId: { in: now.map(({ accountId }) => accountId) } }, data: { sentAt: new Date() } });
    if (waiting.length > now.length) await this.times.remind(tx, broadcast);
  }

  private async send(tx: Tx, accountId: string, cause: string, text: string): Promise<void> {
    try {
      const { phone } = await this.vault.person(tx, accountId);
      await this.notify.sms(tx, { cause, accountId, phone, text });
    } catch (error) {
      // Erased meanwhile: there is nobody to tell.
      if (!(error instanceof DomainError && error.code === 'unauthenticated')) throw error;
    }
  }

  private async employer({ organisationId }: BroadcastRow): Promise<string> {
    return (await this.organisations.names([organisationId])).get(organisationId) ?? '';
  }
}
