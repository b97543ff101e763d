import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Actor, PlaceStatus } from '#libs/contracts';
import { Events } from '#libs/events';
import { actorId } from '#libs/identity';
import { Timers, type Interview, type Queue, type QueuePlace, type Tx } from '#libs/platform';
import { Calling, type CallSource } from './calling.js';
import { InterviewStates } from './interview-states.js';
import { Interviews } from './interviews.js';
import { clockAt, Notices } from './notices.js';
import { KEPT, KEPT_OVER, MOST_MISSES } from './queue.rules.js';
import { Queues } from './queues.js';

type Change = Partial<Pick<QueuePlace, 'until' | 'reason' | 'calledAt' | 'missed' | 'closedAt'>>;
const KEPT_TIMER = 'queue.kept';

/**
 * The steps of a place, each with its event in its caller's transaction; and what an interview's steps mean for the place that it came
 * out of. Locks are taken in one order: queue, interview, place.
 */
@Injectable()
export class PlaceSteps implements OnModuleInit, CallSource {
  constructor(
    private readonly events: Events,
    private readonly calling: Calling,
    private readonly interviews: Interviews,
    private readonly states: InterviewStates,
    private readonly queues: Queues,
    private readonly notices: Notices,
    private readonly timers: Timers,
  ) {}

  onModuleInit(): void {
    this.calling.add(this);
    this.timers.handle(KEPT_TIMER, (tx, { key }) => this.giveUp(tx, key));
  }

  /** Moves the place if it still is in `from`; null: it is not any more. */
  async move(tx: Tx, queue: Queue, place: Pick<QueuePlace, 'id'>, from: readonly PlaceStatus[], to: PlaceStatus, change: Change, by: Actor | null): Promise<QueuePlace | null> {
    const closed = to === 'done' || to === 'left' || to === 'dropped';
    const [moved] = await tx.queuePlace.updateManyAndReturn({
      where: { id: place.id, status: { in: [...from] } }, data: { until: null, ...(closed ? { closedAt: new Date() } : {}), ...change, status: to },
    });
    if (!moved) return null;
    await this.append(tx, queue, moved, by);
    return moved;
  }

  /** Who missed a call is here now: they wait again, under the number that they had. Null: no call was missed, or the place was kept long enough. */
  async comeBack(tx: Tx, queue: Queue, place: QueuePlace, by: Actor): Promise<QueuePlace | null> {
    return place.until !== null && place.until > new Date() ? this.move(tx, queue, place, ['missed'], 'waiting', {}, by) : null;
  }

  /** Ends a place that counts, with its call if it is called; one in a room is not ended here. Answers what it was, or null: nothing to end. */
  async close(tx: Tx, queue: Queue, place: QueuePlace, to: 'left' | 'dropped', reason: string | null, by: Actor | null): Promise<QueuePlace | null> {
    const call = await this.callOf(tx, place);
    const moved = await this.move(tx, queue, place, ['waiting', 'called', 'missed'], to, { reason }, by);
    if (moved && call) await this.states.end(tx, call, by);
    return moved;
  }

  /** The place's interview that is called now, locked, or null. */
  async callOf(tx: Tx, place: QueuePlace): Promise<Interview | null> {
    const open = await tx.interview.findFirst({ where: { placeId: place.id, status: 'called' }, select: { id: true } });
    return open && this.interviews.lock(tx, open.id);
  }

  async append(tx: Tx, { fairId, boothId, organisationId }: Queue, { id: placeId, accountId, status, stationId }: QueuePlace, by: Actor | null): Promise<void> {
    await this.events.append(tx, 'queuePlace.changed', { kind: 'fair', id: fairId }, { fairId, boothId, organisationId, placeId, accountId, status, stationId }, { actorId: by && actorId(by) });
  }

  async began(tx: Tx, interview: Interview): Promise<void> {
    await this.follow(tx, interview, async (queue, place) => void (await this.move(tx, queue, place, ['called'], 'interviewing', {}, null)));
  }

  /** The place is kept for a while, and is the first when its holder is back; after several misses it is given up. */
  async missed(tx: Tx, interview: Interview): Promise<void> {
    await this.follow(tx, interview, async (queue, place) => {
      const missed = place.missed + 1;
      if (missed >= MOST_MISSES) return void (await this.drop(tx, queue, place, '几次叫号都没有到'));
      const until = new Date(Date.now() + KEPT);
      if (!(await this.move(tx, queue, place, ['called'], 'missed', { until, missed }, null))) return;
      await this.timers.schedule(tx, KEPT_TIMER, place.id, until);
      await this.notices.tell(tx, `${interview.id}/missed`, place.accountId, queue, ({ employer, mine }) =>
        `${employer} 叫到您了，您没有接。位置保留到 ${clockAt(until)}，回来请点“我回来了”：${mine()}`);
    });
  }

  /** A meeting that took place ends the place; a call that was taken back by the recruiter leaves it where it was. */
  async ended(tx: Tx, interview: Interview): Promise<void> {
    await this.follow(tx, interview, async (queue, place) => {
      await (interview.status === 'cancelled' ? this.move(tx, queue, place, ['called'], 'waiting', {}, null) : this.move(tx, queue, place, ['called', 'interviewing'], 'done', {}, null));
    });
  }

  private async follow(tx: Tx, { placeId }: Interview, act: (queue: Queue, place: QueuePlace) => Promise<void>): Promise<void> {
    const place = placeId === null ? null : await tx.queuePlace.findUnique({ where: { id: placeId }, include: { queue: true } });
    if (place) await act(place.queue, place);
  }

  private async drop(tx: Tx, queue: Queue, place: QueuePlace, reason: string): Promise<void> {
    if (!(await this.move(tx, queue, place, ['called', 'missed'], 'dropped', { reason }, null))) return;
    await this.notices.tell(tx, `${place.id}/dropped`, place.accountId, queue, ({ employer, page }) => `您在 ${employer} 的排队已经结束（${reason}）。还想面试可以再排一次：${page}`);
  }

  private async giveUp(tx: Tx, placeId: string): Promise<void> {
    const { place, queue } = await this.queues.lockPlace(tx, placeId);
    if (place.status === 'missed' && place.until && place.until <= new Date()) await this.drop(tx, queue, place, KEPT_OVER);
  }
}
