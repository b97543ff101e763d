import { Injectable } from '@nestjs/common';
import { Timers, type Tx } from '#libs/platform';
import { latestEnd, missedAt, PATIENCE, remindAt } from './broadcast.rules.js';
import type { BroadcastRow } from './broadcasts.js';
import { INVITATION } from './stage.rules.js';

/** Names of what is to be done at a time; the key is the broadcast's id, that of an invitation the hand's. */
export const timerNames = {
  /** Those who asked are reminded, or told that it is off. */
  reminder: 'live.reminder',
  /** It never went live. */
  missed: 'live.missed',
  /** Live for much longer than planned. */
  longest: 'live.longest',
  /** Live, and nobody came back. */
  interrupted: 'live.interrupted',
  /** Asked on stage, and no answer. */
  invitation: 'live.invitation',
  /** What has been kept for its term goes; one for all broadcasts. */
  keeping: 'live.keeping',
} as const;

/**
 * Sets and moves the times at which something happens to a broadcast by itself. Nothing is ever cancelled: a timer that is
 * not wanted any more finds the broadcast in another state and does nothing. (Whoever does a timer holds its row and then
 * the broadcast's; a command that holds the broadcast's must not wait for a timer's.)
 */
@Injectable()
export class BroadcastTimers {
  constructor(private readonly timers: Timers) {}

  /** A new one. */
  async planned(tx: Tx, { id, endsAt }: BroadcastRow): Promise<void> {
    await this.timers.schedule(tx, timerNames.missed, id, missedAt(endsAt));
  }

  /** One that was moved: who was reminded of the old time is reminded of the new one, too. */
  async moved(tx: Tx, before: BroadcastRow, after: BroadcastRow): Promise<void> {
    await this.planned(tx, after);
    if (before.startsAt.getTime() === after.startsAt.getTime()) return;
    const { count } = await tx.broadcastReminder.updateMany({ where: { broadcastId: after.id }, data: { sentAt: null } });
    if (count > 0) await this.remind(tx, after);
  }

  /** Somebody asks to be reminded, perhaps after that time. */
  async remind(tx: Tx, { id, startsAt }: BroadcastRow): Promise<void> {
    await this.timers.schedule(tx, timerNames.reminder, id, remindAt(startsAt, new Date()));
  }

  /** Those who asked are told now: that it is off, or the next of many. */
  async tell(tx: Tx, broadcastId: string): Promise<void> {
    await this.timers.schedule(tx, timerNames.reminder, broadcastId, new Date());
  }

  /** It went live for the first time. */
  async begun(tx: Tx, { id, startedAt, endsAt }: BroadcastRow): Promise<void> {
    await this.timers.schedule(tx, timerNames.longest, id, latestEnd(startedAt ?? new Date(), endsAt));
  }

  async interrupted(tx: Tx, broadcastId: string): Promise<void> {
    await this.timers.schedule(tx, timerNames.interrupted, broadcastId, new Date(Date.now() + PATIENCE));
  }

  async invited(tx: Tx, handId: string): Promise<void> {
    await this.timers.schedule(tx, timerNames.invitation, handId, new Date(Date.now() + INVITATION));
  }
}
