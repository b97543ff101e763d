import { Injectable } from '@nestjs/common';
import type { InterviewStatus } from '#libs/contracts';
import { Events } from '#libs/events';
import { Timers, type Interview, type Tx } from '#libs/platform';
import { Rooms } from '#libs/rooms';
import { Calling } from './calling.js';
import { timerNames } from './interview-timers.js';
import { OVERTIME } from './interview.rules.js';
import { scopeOf } from './interviews.js';

/**
 * The steps of an interview: called → running → ended, or missed, or cancelled. Each is done in its caller's transaction on a row that
 * the caller has locked (`Interviews.lock`), tells the place or booking behind it, and appends `interview.statusChanged`. A step from
 * another state is no step: false.
 */
@Injectable()
export class InterviewStates {
  constructor(
    private readonly calling: Calling,
    private readonly events: Events,
    private readonly rooms: Rooms,
    private readonly timers: Timers,
  ) {}

  /** The candidate came. @param by whose deed it is; null: time's */
  async begin(tx: Tx, interview: Interview, by: string | null): Promise<boolean> {
    if (interview.status !== 'called') return false;
    const startedAt = new Date();
    const endsAt = new Date(startedAt.getTime() + interview.minutes * 60_000);
    const now = await this.step(tx, interview, 'running', { startedAt, endsAt, callUntil: null }, by);
    await this.timers.schedule(tx, timerNames.longest, now.id, new Date(endsAt.getTime() + OVERTIME));
    await this.calling.began(tx, now);
    return true;
  }

  /** Called, and did not come, in time or at all. */
  async miss(tx: Tx, interview: Interview, by: string | null): Promise<boolean> {
    if (interview.status !== 'called') return false;
    const now = await this.step(tx, interview, 'missed', { endedAt: new Date() }, by);
    await this.close(tx, now);
    await this.calling.missed(tx, now);
    return true;
  }

  /** It is over; one that had not begun is cancelled. */
  async end(tx: Tx, interview: Interview, by: string | null): Promise<boolean> {
    if (interview.status !== 'called' && interview.status !== 'running') return false;
    const now = await this.step(tx, interview, interview.status === 'running' ? 'ended' : 'cancelled', { endedAt: new Date() }, by);
    await this.close(tx, now);
    await this.calling.ended(tx, now);
    return true;
  }

  private async step(tx: Tx, before: Interview, status: InterviewStatus, more: Partial<Interview>, by: string | null): Promise<Interview> {
    const { id: interviewId, fairId, boothId, organisationId, accountId } = before;
    const now = await tx.interview.update({ where: { id: interviewId }, data: { ...more, status } });
    await this.events.append(tx, 'interview.statusChanged', scopeOf(before),
      { fairId, boothId, organisationId, interviewId, accountId, from: before.status, to: status }, { actorId: by });
    return now;
  }

  private async close(tx: Tx, { roomId }: Interview): Promise<void> {
    if (roomId !== null) await this.rooms.close(tx, roomId);
  }
}
