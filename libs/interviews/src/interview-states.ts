import { Injectable } from '@nestjs/common';
import type { Actor } from '#libs/contracts';
import { Events } from '#libs/events';
import { actorId } from '#libs/identity';
import { Timers, type Interview, type Tx } from '#libs/platform';
import { Rooms } from '#libs/rooms';
import { Calling } from './calling.js';
import { timerNames } from './interview-timers.js';
import { DESERTED_AFTER, OVERTIME } from './interview.rules.js';
import { scopeOf } from './interviews.js';

/**
 * The steps of an interview: called → running → ended, or missed, or cancelled. Each is done in its caller's transaction on a row that
 * the caller has locked (`Interviews.lock`), tells the place or booking behind it, and appends `interview.statusChanged`. A step from
 * another state is no step: false. `by` null: time's doing.
 */
@Injectable()
export class InterviewStates {
  constructor(
    private readonly calling: Calling,
    private readonly events: Events,
    private readonly rooms: Rooms,
    private readonly timers: Timers,
  ) {}

  /** The candidate came. */
  async begin(tx: Tx, interview: Interview, by: Actor | null): Promise<boolean> {
    if (interview.status !== 'called') return false;
    const startedAt = new Date();
    const endsAt = new Date(startedAt.getTime() + interview.minutes * 60_000);
    const now = await this.step(tx, interview, { status: 'running', startedAt, endsAt, callUntil: null }, by);
    await this.timers.schedule(tx, timerNames.longest, now.id, new Date(endsAt.getTime() + OVERTIME));
    await this.calling.began(tx, now);
    return true;
  }

  /** An interviewer asks to come in: whoever was missed has its whole while again, also where no media reaches. */
  async attend(tx: Tx, { id: key }: Interview): Promise<void> {
    await tx.timer.updateMany({ where: { name: timerNames.deserted, key, doneAt: null }, data: { dueAt: new Date(Date.now() + DESERTED_AFTER) } });
  }

  /** Called, and did not come, in time or at all. */
  async miss(tx: Tx, { id }: Interview, by: Actor | null): Promise<boolean> {
    return this.calling.takeBack(tx, by, id, 'missed');
  }

  /** It is over; one that had not begun is cancelled. */
  async end(tx: Tx, interview: Interview, by: Actor | null): Promise<boolean> {
    if (interview.status === 'called') return this.calling.takeBack(tx, by, interview.id, 'cancelled');
    if (interview.status !== 'running') return false;
    const now = await this.step(tx, interview, { status: 'ended', endedAt: new Date() }, by);
    if (now.roomId !== null) await this.rooms.close(tx, now.roomId);
    await this.calling.ended(tx, now);
    return true;
  }

  private async step(tx: Tx, before: Interview, change: Pick<Interview, 'status'> & Partial<Interview>, by: Actor | null): Promise<Interview> {
    const { id: interviewId, fairId, boothId, organisationId, accountId } = before;
    const now = await tx.interview.update({ where: { id: interviewId }, data: change });
    await this.events.append(tx, 'interview.statusChanged', scopeOf(before),
      { fairId, boothId, organisationId, interviewId, accountId, from: before.status, to: now.status, stationId: before.stationId }, { actorId: by && actorId(by) });
    return now;
  }
}
