import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Actor, AnyEnvelope, QueueState } from '#libs/contracts';
import { Feed, Snapshots } from '#libs/events';
import { Database, DomainError, type QueuePlace } from '#libs/platform';
import { minutesEach, ranges } from './estimate.rules.js';
import { QueuePace } from './queue-pace.js';
import { Queues } from './queues.js';

/** At most two pictures a second of a queue in each process. Milliseconds. */
const LEAST = 500;

/** The live picture of a booth's queue, made for all who look at it together. */
@Injectable()
export class QueueStates implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly queues: Queues,
    private readonly pace: QueuePace,
    private readonly feed: Feed,
    private readonly snapshots: Snapshots,
  ) {}

  onModuleInit(): void {
    this.snapshots.add({ kind: 'queue', least: LEAST, read: (id) => this.read(id), changes: queueOf });
  }

  /** Many who ask at once get the same. Throws `notFound`. */
  async of(actor: Actor, boothId: string): Promise<QueueState> {
    await this.queues.requireVisible(actor, boothId);
    const picture = await this.snapshots.make('queue', boothId);
    if (!picture) throw new DomainError('notFound');
    return picture.data as QueueState;
  }

  /** As it is now, with its places that count. A queue that was never opened is a closed one. Null: nobody stands at the booth. */
  async fresh(boothId: string): Promise<{ state: QueueState; places: QueuePlace[] } | null> {
    const booth = await this.database.read.booth.findUnique({ where: { id: boothId } });
    if (!booth || booth.organisationId === null) return null;
    const queue = await this.queues.of({ id: boothId, organisationId: booth.organisationId });
    if (!queue) return { state: { boothId, status: 'closed', waiting: [], called: [], interviewing: [], recruiters: 0, minutesEach: 8, limit: null }, places: [] };
    const [pace, places] = await Promise.all([
      this.pace.of(queue), this.database.read.queuePlace.findMany({ where: { queueId: queue.id, status: { in: ['waiting', 'called', 'missed', 'interviewing'] } }, orderBy: { seq: 'asc' } }),
    ]);
    const ids = (status: QueuePlace['status']) => places.filter((place) => place.status === status).map(({ id }) => id);
    const waiting = ids('waiting');
    const said = ranges(pace, waiting.length);
    return {
      places,
      state: {
        boothId, status: queue.status, waiting: waiting.map((placeId, n) => ({ placeId, ...said[n]! })), called: ids('called'), interviewing: ids('interviewing'),
        recruiters: pace.recruiters.length, minutesEach: minutesEach(pace), limit: queue.limit,
      },
    };
  }

  private async read(boothId: string): Promise<{ position: number; data: QueueState } | null> {
    // Everything up to here is committed, so it is in the tables.
    const position = this.feed.head();
    const made = await this.fresh(boothId);
    return made && { position, data: made.state };
  }
}

function queueOf({ type, data }: AnyEnvelope): string | null {
  const changes = type === 'queue.changed' || type === 'queuePlace.changed' || type === 'interview.called' || type === 'interview.statusChanged' || type === 'slot.changed' || type === 'booth.placed';
  return changes ? data.boothId : null;
}
