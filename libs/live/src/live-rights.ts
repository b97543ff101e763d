import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Erasures, Exports } from '#libs/identity';
import { Database, type Tx } from '#libs/platform';
import { accountKey } from './person.js';
import { Stage } from './stage.js';

/** What stands where a name stood, once the person is erased. */
const NOBODY = '已注销';

/** What follows for broadcasts when a person uses their rights: copy (PIPL 45), deletion (47). */
@Injectable()
export class LiveRights implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly exports: Exports,
    private readonly erasures: Erasures,
    private readonly stage: Stage,
  ) {}

  onModuleInit(): void {
    this.exports.add('live', (accountId) => this.copy(accountId));
    this.erasures.add('live', (tx, accountId) => this.erase(tx, accountId));
  }

  private async copy(accountId: string): Promise<unknown[]> {
    const personKey = accountKey(accountId);
    const db = this.database.read;
    const [messages, hands, reminders, sights, sanctions, complaints] = await Promise.all([
      db.chatMessage.findMany({ where: { personKey }, orderBy: { id: 'asc' }, select: { broadcastId: true, kind: true, text: true, status: true, deviceId: true, sentAt: true } }),
      db.hand.findMany({ where: { accountId }, orderBy: { id: 'asc' }, select: { broadcastId: true, name: true, status: true, deviceId: true, raisedAt: true, invitedAt: true, endedAt: true } }),
      db.broadcastReminder.findMany({ where: { accountId } }),
      db.cardSight.findMany({ where: { personKey }, select: { broadcastId: true, jobId: true, what: true, at: true } }),
      db.sanction.findMany({ where: { personKey }, select: { broadcastId: true, kind: true, reason: true, until: true, liftedAt: true, createdAt: true } }),
      db.complaint.findMany({ where: { personKey }, orderBy: { id: 'asc' }, select: { broadcastId: true, kind: true, text: true, hostId: true, messageId: true, status: true, reason: true, madeAt: true, decidedAt: true } }),
    ]);
    const part = <T extends object>(part: string, rows: T[]) => rows.map((row) => ({ part, ...row }));
    return [...part('message', messages), ...part('hand', hands), ...part('reminder', reminders), ...part('card', sights), ...part('sanction', sanctions), ...part('complaint', complaints)];
  }

  /**
   * Messages stay as evidence (网络招聘服务管理规定: three years), without even the first character of a name; so do hands,
   * sanctions and complaints. What a person looked at and asked for goes.
   */
  private async erase(tx: Tx, accountId: string): Promise<void> {
    const personKey = accountKey(accountId);
    await this.stage.dropEverywhere(tx, accountId);
    await tx.chatMessage.updateMany({ where: { personKey }, data: { author: NOBODY } });
    await tx.sanction.updateMany({ where: { personKey }, data: { author: NOBODY } });
    await tx.complaint.updateMany({ where: { personKey }, data: { author: NOBODY } });
    await tx.hand.updateMany({ where: { accountId }, data: { name: NOBODY } });
    await tx.broadcastReminder.deleteMany({ where: { accountId } });
    await tx.cardSight.deleteMany({ where: { personKey } });
  }
}
