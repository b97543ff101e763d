import { Injectable } from '@nestjs/common';
import type { Actor } from '#libs/contracts';
import { Booths, type BoothRow } from '#libs/booths';
import { Fairs } from '#libs/fairs';
import { isEmployer, type MemberActor } from '#libs/identity';
import { DomainError, Database, type Queue, type QueuePlace, type Reader, type Tx } from '#libs/platform';

/** A booth that somebody stands at. */
export type StoodBooth = BoothRow & { organisationId: string };

/** Reading booths' queues; what changes them lies beside. */
@Injectable()
export class Queues {
  constructor(private readonly database: Database, private readonly booths: Booths, private readonly fairs: Fairs) {}

  /** The booth, if somebody stands there and this actor may see its fair. Throws `notFound`. */
  async requireVisible(actor: Actor, boothId: string, reader: Reader = this.database.read): Promise<StoodBooth> {
    const booth = await this.booths.require(boothId, reader);
    await this.fairs.requireVisible(actor, booth.fairId, reader);
    const { organisationId } = booth;
    if (organisationId === null) throw new DomainError('notFound');
    return { ...booth, organisationId };
  }

  /** The booth, if the actor's employer stands there. Throws `forbidden`, `notFound`. */
  async requireOwn(actor: MemberActor, boothId: string, reader: Reader = this.database.read): Promise<StoodBooth> {
    const { organisationId, ...booth } = await this.booths.require(boothId, reader);
    if (!isEmployer(actor) || organisationId !== actor.organisationId) throw new DomainError('forbidden');
    return { ...booth, organisationId };
  }

  /** The queue of who stands at the booth now, or null: never opened. */
  of({ id: boothId, organisationId }: { id: string; organisationId: string }, reader: Reader = this.database.read): Promise<Queue | null> {
    return reader.queue.findUnique({ where: { boothId_organisationId: { boothId, organisationId } } });
  }

  /** The queue's row, locked until `tx` ends: of two who call, join or leave at once the second sees the first. Throws `notFound`. */
  async lock(tx: Tx, queueId: string): Promise<Queue> {
    const [queue] = await tx.$queryRaw<Queue[]>`SELECT * FROM "Queue" WHERE id = ${queueId}::uuid FOR UPDATE`;
    if (!queue) throw new DomainError('notFound');
    return queue;
  }

  /** A place with its queue, the queue locked. Throws `notFound`. */
  async lockPlace(tx: Tx, placeId: string): Promise<{ place: QueuePlace; queue: Queue }> {
    const known = await tx.queuePlace.findUnique({ where: { id: placeId }, select: { queueId: true } });
    if (!known) throw new DomainError('notFound');
    const queue = await this.lock(tx, known.queueId);
    return { queue, place: await tx.queuePlace.findUniqueOrThrow({ where: { id: placeId } }) };
  }

  /** Those who wait, in order. */
  waiting(queueId: string, reader: Reader = this.database.read): Promise<QueuePlace[]> {
    return reader.queuePlace.findMany({ where: { queueId, status: 'waiting' }, orderBy: { seq: 'asc' } });
  }
}
