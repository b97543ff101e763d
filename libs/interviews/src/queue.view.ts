import { Injectable } from '@nestjs/common';
import type { DeskPlace, QueueDesk, QueuePlace as Shown } from '#libs/contracts';
import { Booths } from '#libs/booths';
import { Organisations, type MemberActor } from '#libs/identity';
import { Jobs } from '#libs/jobs';
import { Database, DomainError, type Queue, type QueuePlace } from '#libs/platform';
import { Calling } from './calling.js';
import { CandidateViews } from './candidate-views.js';
import { accuracyOf, rangeAt } from './estimate.rules.js';
import { InterviewViews } from './interview.view.js';
import { QueuePace } from './queue-pace.js';
import { isBusy } from './queue.rules.js';
import { QueueStates } from './queue-states.js';
import { Queues } from './queues.js';

type Own = QueuePlace & { queue: Queue };

/** A queue for its booth's recruiters, and a place for its holder. */
@Injectable()
export class QueueViews {
  constructor(
    private readonly database: Database,
    private readonly queues: Queues,
    private readonly states: QueueStates,
    private readonly pace: QueuePace,
    private readonly calling: Calling,
    private readonly interviews: InterviewViews,
    private readonly candidates: CandidateViews,
    private readonly booths: Booths,
    private readonly jobs: Jobs,
    private readonly organisations: Organisations,
  ) {}

  /** Throws `forbidden`, `notFound`. */
  async desk(actor: MemberActor, boothId: string): Promise<QueueDesk> {
    const booth = await this.queues.requireOwn(actor, boothId);
    const [made, queue] = await Promise.all([this.states.fresh(boothId), this.queues.of(booth)]);
    if (!made) throw new DomainError('notFound');
    const { state, places } = made;
    const running = await this.database.read.interview.findMany({
      where: { boothId, organisationId: booth.organisationId, status: { in: ['called', 'running'] } }, orderBy: { calledAt: 'asc' },
    });
    const [candidates, titles, people, stations, interviews, accuracy] = await Promise.all([
      this.candidates.of(booth.organisationId, places), this.jobs.names(places.flatMap(({ jobId }) => jobId ?? [])),
      this.calling.busy(this.database.read, places.map(({ accountId }) => accountId)), this.calling.busyStations(this.database.read, places.flatMap(({ stationId }) => stationId ?? [])),
      this.interviews.summaries(running), queue ? this.pace.accuracy(queue.id) : accuracyOf([]),
    ]);
    const waiting = state.waiting.map(({ placeId }) => placeId);
    return {
      state, interviews, accuracy, minutes: queue?.minutes,
      places: places.map((place): DeskPlace => {
        const { id, status, mode, joinedAt, until, jobId, accountId } = place;
        return {
          id, status, mode, position: waiting.indexOf(id) + 1, joinedAt: joinedAt.toISOString(), until: until?.toISOString() ?? null,
          candidate: candidates.get(accountId) ?? null, job: jobId === null ? null : { id: jobId, title: titles.get(jobId) ?? '' },
          busy: status === 'waiting' && isBusy(place, { people, stations }),
        };
      }),
    };
  }

  /** Places for their holder, in the order given. */
  async places(rows: readonly Own[]): Promise<Shown[]> {
    const [numbers, organisations, titles, calls, turns] = await Promise.all([
      this.booths.names(rows.map(({ queue }) => queue.boothId)), this.organisations.names(rows.map(({ queue }) => queue.organisationId)),
      this.jobs.names(rows.flatMap(({ jobId }) => jobId ?? [])),
      this.database.read.interview.findMany({ where: { placeId: { in: rows.map(({ id }) => id) }, status: { in: ['called', 'running'] } }, select: { id: true, placeId: true } }),
      this.turns(rows),
    ]);
    return rows.map(({ id, queue, jobId, mode, status, until, joinedAt }) => ({
      id, boothId: queue.boothId, boothNumber: numbers.get(queue.boothId) ?? '', fairId: queue.fairId, organisationId: queue.organisationId,
      organisationName: organisations.get(queue.organisationId) ?? '', job: jobId === null ? null : { id: jobId, title: titles.get(jobId) ?? '' }, mode, status,
      queueStatus: queue.status, position: 0, earliest: 0, latest: 0, ...turns.get(id), until: until?.toISOString() ?? null,
      interviewId: calls.find(({ placeId }) => placeId === id)?.id ?? null, joinedAt: joinedAt.toISOString(),
    }));
  }

  async place(placeId: string): Promise<Shown> {
    return (await this.places([await this.database.read.queuePlace.findUniqueOrThrow({ where: { id: placeId }, include: { queue: true } })]))[0]!;
  }

  /** Number and range of those that wait. */
  private async turns(rows: readonly Own[]): Promise<Map<string, { position: number; earliest: number; latest: number }>> {
    const turns = new Map<string, { position: number; earliest: number; latest: number }>();
    for (const { id, queue } of rows.filter(({ status }) => status === 'waiting')) {
      const [waiting, pace] = await Promise.all([this.queues.waiting(queue.id), this.pace.of(queue)]);
      const place = waiting.findIndex((each) => each.id === id);
      if (place >= 0) turns.set(id, { position: place + 1, ...rangeAt(pace, place + 1) });
    }
    return turns;
  }
}
