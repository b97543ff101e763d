import { Injectable } from '@nestjs/common';
import type { Actor } from '#libs/contracts';
import { Booths, type BoothRow } from '#libs/booths';
import { Fairs } from '#libs/fairs';
import { DomainError, type Queue, type Tx, Database } from '#libs/platform';

type Reader = Tx | Database['read'];

/** Reading booths' queues; what changes them lies beside. */
@Injectable()
export class Queues {
  constructor(private readonly database: Database, private readonly booths: Booths, private readonly fairs: Fairs) {}

  /** The booth, if somebody stands there and this actor may see its fair. Throws `notFound`. */
  async requireVisible(actor: Actor, boothId: string, reader: Reader = this.database.read): Promise<BoothRow & { organisationId: string }> {
    const booth = await this.booths.require(boothId, reader);
    await this.fairs.requireVisible(actor, booth.fairId, reader);
    const { organisationId } = booth;
    if (organisationId === null) throw new DomainError('notFound');
    return { ...booth, organisationId };
  }

  /** The queue of who stands at the booth now, or null: never opened. */
  of({ id: boothId, organisationId }: { id: string; organisationId: string }, reader: Reader = this.database.read): Promise<Queue | null> {
    return reader.queue.findUnique({ where: { boothId_organisationId: { boothId, organisationId } } });
  }
}
