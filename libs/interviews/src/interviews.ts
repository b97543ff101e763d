import { Injectable } from '@nestjs/common';
import type { Actor, Scope } from '#libs/contracts';
import { Consents, isEmployer } from '#libs/identity';
import { Context, Database, DomainError, type Interview, type Reader, type Tx } from '#libs/platform';
import { statusWord } from './interview.rules.js';

/** `colleague`: of the same employer, but not in it. */
export type InterviewRole = 'candidate' | 'interviewer' | 'colleague';

/** Reading interviews, and who is what in them; what changes them lies beside. */
@Injectable()
export class Interviews {
  constructor(private readonly database: Database, private readonly consents: Consents) {}

  /** Throws `notFound`. */
  async require(interviewId: string, reader: Reader = this.database.read): Promise<Interview> {
    return (await reader.interview.findUnique({ where: { id: interviewId } })) ?? missing();
  }

  /** The row, locked against every other command until `tx` ends. Throws `notFound`. */
  async lock(tx: Tx, interviewId: string): Promise<Interview> {
    const [row] = await tx.$queryRaw<Interview[]>`SELECT * FROM "Interview" WHERE id = ${interviewId}::uuid FOR NO KEY UPDATE`;
    return row ?? missing();
  }

  /** What an actor is in it. Throws `notFound`: nothing to them. */
  async roleOf(actor: Actor, interview: Interview, reader: Reader = this.database.read): Promise<InterviewRole> {
    if (actor.role === 'candidate') return actor.accountId === interview.accountId ? 'candidate' : missing();
    if (!isEmployer(actor) || actor.organisationId !== interview.organisationId) return missing();
    const { accountId } = actor;
    const own = await reader.interviewer.findUnique({ where: { interviewId_accountId: { interviewId: interview.id, accountId } } });
    return own ? 'interviewer' : 'colleague';
  }

  /** One of the actor's employer. Throws `notFound`. */
  async requireOwn(actor: Actor, interviewId: string): Promise<Interview> {
    const interview = await this.require(interviewId);
    if ((await this.roleOf(actor, interview)) === 'candidate') missing();
    return interview;
  }

  /** Locked, for who leads it or looks after those who do: interviewers and the employer's administrators. Throws `notFound`, `forbidden`. */
  async lockForConduct(tx: Tx, actor: Actor, interviewId: string): Promise<Interview> {
    const interview = await this.lock(tx, interviewId);
    const role = await this.roleOf(actor, interview, tx);
    if (role === 'candidate') missing();
    if (role === 'colleague' && actor.role !== 'employerAdmin') throw new DomainError('forbidden');
    return interview;
  }

  /** Locked, for somebody who is in it: the candidate or an interviewer. Throws `notFound`, `forbidden` for other colleagues. */
  async lockForPart(tx: Tx, actor: Actor, interviewId: string): Promise<{ interview: Interview; role: Exclude<InterviewRole, 'colleague'> }> {
    const interview = await this.lock(tx, interviewId);
    const role = await this.roleOf(actor, interview, tx);
    if (role === 'colleague') throw new DomainError('forbidden');
    return { interview, role };
  }

  /** Those of these candidates whom the employer may know now: their own yes holds. */
  consenting(organisationId: string, accountIds: Iterable<string>, tx?: Tx): Promise<Set<string>> {
    return this.consents.active(accountIds, organisationId, 'interview', tx);
  }

  /** Throws `consentWithdrawn` when the candidate took the yes to this employer back. */
  async requireConsent({ organisationId, accountId }: Interview, tx?: Tx): Promise<void> {
    if (!(await this.consenting(organisationId, [accountId], tx)).has(accountId)) throw new DomainError('consentWithdrawn');
  }
}

/** An interview's facts are its fair's. */
export const scopeOf = ({ fairId }: { fairId: string }): Scope => ({ kind: 'fair', id: fairId });
/** Who somebody is in a live room. */
export const personKeyOf = (accountId: string): string => `account:${accountId}`;

/** `interviewStateRefused` in the language of who asks. */
export function stateRefused({ status }: Pick<Interview, 'status'>): DomainError {
  return new DomainError('interviewStateRefused', { status: statusWord(status, Context.current().language) });
}

function missing(): never {
  throw new DomainError('notFound');
}
