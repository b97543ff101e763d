import { Injectable } from '@nestjs/common';
import type { CallNext } from '#libs/contracts';
import { FairRules, Fairs, stateRefused } from '#libs/fairs';
import { Consents, Organisations, type MemberActor } from '#libs/identity';
import { Database, DomainError, type Interview, type Queue, type QueuePlace, type Tx } from '#libs/platform';
import { Calling } from './calling.js';
import { clockAt, Notices } from './notices.js';
import { PlaceSteps } from './place-steps.js';
import { CALL_PATIENCE, isBusy, nextFree } from './queue.rules.js';
import { Queues } from './queues.js';

/** Another booth may call the same person in the same moment: then the next one is looked for anew. */
const TRIES = 4;

/** A recruiter calls the next one. */
@Injectable()
export class PlaceCalling {
  constructor(
    private readonly database: Database,
    private readonly fairs: Fairs,
    private readonly queues: Queues,
    private readonly steps: PlaceSteps,
    private readonly calling: Calling,
    private readonly consents: Consents,
    private readonly organisations: Organisations,
    private readonly notices: Notices,
  ) {}

  /**
   * Calls the first who is free, or the place that is named: the interview, the text message and both events in one transaction. Under
   * the queue's lock, so two recruiters at once call two people. Throws `queueEmpty`, `queueClosed`, `recruiterBusy`, `candidateBusy`,
   * `placeStateRefused`, `fairStateRefused`, `licenceMissing` and its kin, `forbidden`, `notFound`.
   */
  async next(actor: MemberActor, boothId: string, { placeId }: CallNext): Promise<Interview> {
    for (let tried = 1; ; tried += 1) {
      try {
        return await this.database.transaction((tx) => this.callIn(tx, actor, boothId, placeId));
      } catch (error) {
        const taken = error instanceof DomainError && error.code === 'candidateBusy';
        if (!taken || placeId !== undefined || tried >= TRIES) throw error;
      }
    }
  }

  private async callIn(tx: Tx, actor: MemberActor, boothId: string, placeId?: string): Promise<Interview> {
    const booth = await this.queues.requireOwn(actor, boothId, tx);
    const fair = await this.fairs.lock(tx, booth.fairId, 'use');
    if (!FairRules.isRunning(fair.status)) throw stateRefused(fair);
    await this.organisations.requireVerified(tx, booth.organisationId);
    const known = await this.queues.of(booth, tx);
    if (!known) throw new DomainError('queueClosed');
    const queue = await this.queues.lock(tx, known.id);
    if (queue.status !== 'open') throw new DomainError('queueClosed');
    if ((await this.calling.busyLeaders(tx, [actor.accountId])).size > 0) throw new DomainError('recruiterBusy');
    const place = placeId === undefined ? await this.first(tx, queue) : await this.named(tx, queue, placeId);
    return this.call(tx, actor, queue, place);
  }

  private async first(tx: Tx, queue: Queue): Promise<QueuePlace> {
    const waiting = await this.agreed(tx, queue, await this.queues.waiting(queue.id, tx));
    const busy = await this.busy(tx, waiting);
    for (let rest = waiting; ;) {
      const place = nextFree(rest, busy);
      if (!place) throw new DomainError('queueEmpty');
      if (place.stationId === null || (await this.calling.holdStation(tx, place.stationId))) return place;
      rest = rest.filter(({ stationId }) => stationId !== place.stationId);
    }
  }

  private async named(tx: Tx, queue: Queue, placeId: string): Promise<QueuePlace> {
    const place = await tx.queuePlace.findFirst({ where: { id: placeId, queueId: queue.id } });
    if (!place) throw new DomainError('notFound');
    if ((place.status !== 'waiting' && place.status !== 'missed') || (await this.agreed(tx, queue, [place])).length === 0) throw new DomainError('placeStateRefused');
    if (isBusy(place, await this.busy(tx, [place]))) throw new DomainError('candidateBusy');
    if (place.stationId !== null && !(await this.calling.holdStation(tx, place.stationId))) throw new DomainError('candidateBusy');
    return place;
  }

  private async call(tx: Tx, actor: MemberActor, queue: Queue, place: QueuePlace): Promise<Interview> {
    const { fairId, boothId, organisationId } = queue;
    const { accountId, stationId, jobId, mode } = place;
    const callUntil = new Date(Date.now() + CALL_PATIENCE[mode]);
    const interview = await this.calling.call(tx, actor, {
      fairId, boothId, organisationId, jobId, accountId, stationId, placeId: place.id, bookingId: null, mode, leaderId: actor.accountId, minutes: queue.minutes, callUntil,
    });
    const called = await this.steps.move(tx, queue, place, ['waiting', 'missed'], 'called', { until: callUntil, calledAt: place.calledAt ?? new Date() }, actor);
    if (!called) throw new DomainError('placeStateRefused');
    await this.notices.tell(tx, `${interview.id}/called`, accountId, queue, ({ employer, booth, mine }) => (mode === 'online'
      ? `${employer} 叫到您了，请在 ${clockAt(callUntil)} 前点开进入面试：${mine(interview.id)}`
      : `${employer} 叫到您了，请在 ${clockAt(callUntil)} 前到 ${booth} 展位。来不了就点：${mine()}`));
    return interview;
  }

  /** Without those who took their yes back: they are about to go. */
  private async agreed<T extends { accountId: string }>(tx: Tx, { organisationId }: Queue, places: T[]): Promise<T[]> {
    const agreed = await this.consents.active(places.map(({ accountId }) => accountId), organisationId, 'interview', tx);
    return places.filter(({ accountId }) => agreed.has(accountId));
  }

  private async busy(tx: Tx, places: readonly QueuePlace[]): Promise<{ people: Set<string>; stations: Set<string> }> {
    const people = await this.calling.busy(tx, places.map(({ accountId }) => accountId));
    return { people, stations: await this.calling.busyStations(tx, places.flatMap(({ stationId }) => stationId ?? [])) };
  }
}
