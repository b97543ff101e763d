import { Injectable } from '@nestjs/common';
import type { Actor } from '#libs/contracts';
import type { MemberActor } from '#libs/identity';
import { Database, DomainError, type Queue, type QueuePlace, type Tx } from '#libs/platform';
import { InterviewStates } from './interview-states.js';
import { Notices } from './notices.js';
import { PlaceSteps } from './place-steps.js';
import { standing } from './queue.rules.js';
import { Queues } from './queues.js';

/** Whose it is; a clerk acts in what their own station holds for the person only. */
export interface Holder { accountId: string; stationId?: string }

/** What a place's holder does with it, and a recruiter's skip. All of it under the queue's lock. */
@Injectable()
export class Places {
  constructor(
    private readonly database: Database,
    private readonly queues: Queues,
    private readonly steps: PlaceSteps,
    private readonly states: InterviewStates,
    private readonly notices: Notices,
  ) {}

  /** Gives it up; one that is over is left alone. Throws `placeStateRefused` in a room (the interview is ended there), `notFound`. */
  async leave(actor: Actor, { accountId, stationId }: Holder, placeId: string): Promise<void> {
    await this.own({ accountId, stationId }, placeId, async (tx, queue, place) => {
      if (place.status === 'interviewing') throw new DomainError('placeStateRefused');
      await this.steps.close(tx, queue, place, 'left', null, actor);
      return place;
    });
  }

  /** Called, and not now: the place is kept as after a missed call. Throws `placeStateRefused`, `notFound`. */
  later(actor: Actor, accountId: string, placeId: string): Promise<QueuePlace> {
    return this.own({ accountId }, placeId, async (tx, _, place) => {
      if (place.status === 'missed') return place;
      const call = await this.steps.callOf(tx, place);
      if (!call || !(await this.states.miss(tx, call, actor))) throw new DomainError('placeStateRefused');
      return tx.queuePlace.findUniqueOrThrow({ where: { id: place.id } });
    });
  }

  /** Missed the call, and is here now: called next. Throws `placeStateRefused` when it was kept long enough, `notFound`. */
  comeBack(actor: Actor, holder: Holder, placeId: string): Promise<QueuePlace> {
    return this.own(holder, placeId, async (tx, queue, place) => {
      if (place.status === 'waiting') return place;
      const back = await this.steps.comeBack(tx, queue, place, actor);
      if (!back) throw new DomainError('placeStateRefused');
      return back;
    });
  }

  /** The recruiter does not want to see this one; the person is told why. Throws `placeStateRefused`, `forbidden`, `notFound`. */
  async skip(actor: MemberActor, placeId: string, reason: string): Promise<Queue> {
    return this.database.transaction(async (tx) => {
      const { queue, place } = await this.queues.lockPlace(tx, placeId);
      await this.requireStaff(tx, actor, queue);
      if (!(await this.steps.close(tx, queue, place, 'dropped', reason, actor))) throw new DomainError('placeStateRefused');
      await this.notices.tell(tx, `${placeId}/skipped`, place.accountId, queue, ({ employer, page }) => `您在 ${employer} 的排队已经结束。对方说：${reason}。可以再看看别的岗位：${page}`);
      return queue;
    });
  }

  /** A person's places end, but for one in a room: they are gone, or went home from the station, or their yes to this employer is taken back. */
  async closeAllOf(tx: Tx, accountId: string, { organisationId, stationId }: { organisationId?: string; stationId?: string } = {}): Promise<void> {
    const places = await tx.queuePlace.findMany({
      where: { accountId, stationId, status: { in: [...standing] }, ...(organisationId ? { queue: { organisationId } } : {}) }, orderBy: { queueId: 'asc' }, select: { id: true },
    });
    for (const { id } of places) {
      const { queue, place } = await this.queues.lockPlace(tx, id);
      await this.steps.close(tx, queue, place, 'left', null, { role: 'candidate', accountId });
    }
  }

  /** A person's places that count, and those that ended lately, the newest first. */
  mine(accountId: string, stationId?: string): Promise<(QueuePlace & { queue: Queue })[]> {
    const lately = new Date(Date.now() - 12 * 3_600_000);
    return this.database.read.queuePlace.findMany({
      where: { accountId, stationId, OR: [{ status: { in: [...standing] } }, { closedAt: { gt: lately } }] }, include: { queue: true }, orderBy: { joinedAt: 'desc' }, take: 50,
    });
  }

  /** Of the employer whose queue it is, and the employer still stands there. */
  private async requireStaff(tx: Tx, actor: MemberActor, queue: Queue): Promise<void> {
    if (queue.organisationId !== actor.organisationId) throw new DomainError('notFound');
    await this.queues.requireOwn(actor, queue.boothId, tx);
  }

  private own({ accountId, stationId }: Holder, placeId: string, act: (tx: Tx, queue: Queue, place: QueuePlace) => Promise<QueuePlace>): Promise<QueuePlace> {
    return this.database.transaction(async (tx) => {
      const { queue, place } = await this.queues.lockPlace(tx, placeId);
      if (place.accountId !== accountId || (stationId !== undefined && place.stationId !== stationId)) throw new DomainError('notFound');
      return act(tx, queue, place);
    });
  }
}
