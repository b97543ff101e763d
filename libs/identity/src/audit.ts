import { Injectable } from '@nestjs/common';
import type { Actor } from '#libs/contracts';
import { Context, newId, type Prisma, type Tx } from '#libs/platform';
import { actorId } from './actor.js';

export interface AuditSubject { kind: string; id: string | null }
export interface AuditOptions {
  reason?: string;
  /** Ids and facts only: never a person's name, a phone or a text that a person wrote of themself. `name`: what a fair, a zone, a gate or a device is called. */
  details?: Prisma.InputJsonObject;
  /** Whose book it stands in; the actor's own organisation unless told. */
  organisationId?: string | null;
}

/** Who did or saw what. Rows are only ever added, in the transaction of the act. */
@Injectable()
export class Audit {
  /** Writes one line. `action` is a word like `phone.revealed`, `licence.reviewed`. */
  async write(tx: Tx, actor: Actor, action: string, subject: AuditSubject, options: AuditOptions = {}): Promise<void> {
    await this.writeEach(tx, actor, action, [subject], options);
  }

  /** One line a subject, in one statement. */
  async writeEach(tx: Tx, actor: Actor, action: string, subjects: AuditSubject[], options: AuditOptions = {}): Promise<void> {
    const own = 'organisationId' in actor ? actor.organisationId : null;
    await tx.auditEntry.createMany({
      data: subjects.map((subject) => ({
        id: newId(), actorKind: actor.role, actorId: actorId(actor),
        organisationId: options.organisationId === undefined ? own : options.organisationId,
        action, subjectKind: subject.kind, subjectId: subject.id,
        reason: options.reason ?? null, details: options.details ?? {}, requestId: Context.current().requestId,
      })),
    });
  }
}
