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

/** A text message to those who asked: a quarter of an hour before it begins, or that it is off. */
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

  private async remind(tx: Tx, broadcastId: string): Promise<void> {
    const broadcast = await this.broadcasts.lock(tx, broadcastId);
    const off = broadcast.status === 'cancelled';
    if (!off && !isAhead(broadcast.status)) return;
    const waiting = await tx.broadcastReminder.findMany({ where: { broadcastId, ...(off ? {} : { sentAt: null }) }, orderBy: { accountId: 'asc' }, take: AT_ONCE + 1 });
    const now = waiting.slice(0, AT_ONCE);
    if (now.length === 0) return;
    const text = await this.text(tx, broadcast);
    const cause = `broadcast/${broadcastId}/${off ? 'cancelled' : broadcast.startsAt.toISOString()}`;
    for (const { accountId } of now) await this.send(tx, accountId, `${cause}/${accountId}`, text);
    const told = { broadcastId, accountId: { in: now.map(({ accountId }) => accountId) } };
    if (off) await tx.broadcastReminder.deleteMany({ where: told });
    else await tx.broadcastReminder.updateMany({ where: told, data: { sentAt: new Date() } });
    if (waiting.length > now.length) await this.times.tell(tx, broadcastId);
  }

  private async text(tx: Tx, broadcast: BroadcastRow): Promise<string> {
    const { id, title, status, fairId, organisationId, startsAt } = broadcast;
    const employer = (await this.organisations.names([organisationId], tx)).get(organisationId) ?? '';
    if (status === 'cancelled') return `您预约的直播《${title}》（${employer}）取消了。`;
    const { timeZone } = await this.fairs.timesOf(fairId, tx);
    const starts = DateTime.fromJSDate(startsAt, { zone: timeZone }).toFormat('M月d日 HH:mm');
    return `您预约的直播《${title}》（${employer}）${starts} 开始：${origin(this.settings)}/live/${id}`;
  }

  private async send(tx: Tx, accountId: string, cause: string, text: string): Promise<void> {
    try {
      const { phone } = await this.vault.person(tx, accountId);
      if (phone !== null) await this.notify.sms(tx, { cause, accountId, phone, text });
    } catch (error) {
      // Erased meanwhile: there is nobody to tell.
      if (!(error instanceof DomainError && error.code === 'unauthenticated')) throw error;
    }
  }
}
