import { Injectable } from '@nestjs/common';
import { Events } from '#libs/events';
import { actorId, Members, type MemberActor } from '#libs/identity';
import { Database, DomainError, fieldRefused, Prisma, Timers, type Interview, type Tx } from '#libs/platform';
import { InterviewStates } from './interview-states.js';
import { timerNames } from './interview-timers.js';
import { extension, isOpen, OVERTIME } from './interview.rules.js';
import { Interviews, scopeOf, stateRefused } from './interviews.js';
import { clockAt } from './notices.js';
import { RecordingConsents } from './recording-consents.js';

/** What interviewers do with an interview. Each throws `interviewStateRefused`, `forbidden`, `notFound`. */
@Injectable()
export class InterviewConduct {
  constructor(
    private readonly database: Database,
    private readonly interviews: Interviews,
    private readonly states: InterviewStates,
    private readonly recording: RecordingConsents,
    private readonly events: Events,
    private readonly members: Members,
    private readonly timers: Timers,
  ) {}

  /** At the table: the candidate stands here. Online, the candidate begins it by coming in. */
  begin(actor: MemberActor, interviewId: string): Promise<void> {
    return this.work(actor, interviewId, async (tx, interview) => {
      if (interview.mode !== 'onSite' || !(await this.states.begin(tx, interview, actor))) throw stateRefused(interview);
    });
  }

  /** Called, and did not come. */
  missed(actor: MemberActor, interviewId: string): Promise<void> {
    return this.work(actor, interviewId, async (tx, interview) => {
      if (!(await this.states.miss(tx, interview, actor))) throw stateRefused(interview);
    });
  }

  /** For good; one that has not begun is cancelled. A second time changes nothing. */
  end(actor: MemberActor, interviewId: string): Promise<void> {
    return this.work(actor, interviewId, async (tx, interview) => {
      if (!(await this.states.end(tx, interview, actor)) && interview.status === 'missed') throw stateRefused(interview);
    });
  }

  /** Minutes more, in the last two or when time is over. Throws `extendTooEarly`, and `extendBlocked` when the recruiter's next booking would be late. */
  extend(actor: MemberActor, interviewId: string, minutes: number): Promise<void> {
    return this.work(actor, interviewId, async (tx, interview) => {
      const { status, endsAt, leaderId, extended } = interview;
      if (status !== 'running' || endsAt === null) throw stateRefused(interview);
      const next = await tx.slot.findFirst({ where: { recruiterId: leaderId, status: 'booked', endsAt: { gt: new Date() } }, orderBy: { startsAt: 'asc' } });
      const answer = extension({ now: new Date(), endsAt, minutes, nextAt: next?.startsAt ?? null });
      if (answer.how === 'tooEarly') throw new DomainError('extendTooEarly');
      if (answer.how === 'blocked') throw new DomainError('extendBlocked', { at: clockAt(answer.at), minutes: answer.minutes });
      await tx.interview.update({ where: { id: interviewId }, data: { endsAt: answer.endsAt, extended: extended + minutes } });
      await this.timers.schedule(tx, timerNames.longest, interviewId, new Date(answer.endsAt.getTime() + OVERTIME));
      await this.updated(tx, interview, actor);
    });
  }

  /** A colleague leads it from now on. Throws `recruiterBusy`: they lead another; `validationFailed`: no colleague. */
  handOver(actor: MemberActor, interviewId: string, accountId: string): Promise<void> {
    return this.work(actor, interviewId, async (tx, interview) => {
      if (!isOpen(interview.status)) throw stateRefused(interview);
      await this.requireColleague(tx, interview, accountId);
      if (accountId === interview.leaderId) return;
      const busy = await tx.interview.count({ where: { leaderId: accountId, status: { in: ['called', 'running'] } } });
      if (busy > 0) throw new DomainError('recruiterBusy');
      // Of two at once, the index lets one through.
      await tx.interview.update({ where: { id: interviewId }, data: { leaderId: accountId } }).catch((error: unknown) => { throw busyOf(error); });
      await this.addInterviewer(tx, interview, accountId);
      await this.updated(tx, interview, actor);
    });
  }

  /** A colleague may come in. Twice is once. A recording stops until they say yes. Throws `validationFailed`: no colleague. */
  invite(actor: MemberActor, interviewId: string, accountId: string): Promise<void> {
    return this.work(actor, interviewId, async (tx, interview) => {
      if (!isOpen(interview.status)) throw stateRefused(interview);
      await this.requireColleague(tx, interview, accountId);
      if (await this.addInterviewer(tx, interview, accountId)) await this.updated(tx, interview, actor);
    });
  }

  private work(actor: MemberActor, interviewId: string, act: (tx: Tx, interview: Interview) => Promise<void>): Promise<void> {
    return this.database.transaction(async (tx) => act(tx, await this.interviews.lockForConduct(tx, actor, interviewId)));
  }

  private async requireColleague(tx: Tx, { organisationId }: Interview, accountId: string): Promise<void> {
    if (await this.members.areAll(organisationId, [accountId], tx)) return;
    throw fieldRefused({ field: 'accountId', zh: '不是本单位的同事。', en: 'Not a colleague of this employer.' });
  }

  private async addInterviewer(tx: Tx, interview: Interview, accountId: string): Promise<boolean> {
    const { count } = await tx.interviewer.createMany({ data: [{ interviewId: interview.id, accountId }], skipDuplicates: true });
    if (count > 0) await this.recording.look(tx, interview);
    return count > 0;
  }

  private async updated(tx: Tx, interview: Interview, actor: MemberActor): Promise<void> {
    const { id: interviewId, fairId, organisationId, accountId } = interview;
    await this.events.append(tx, 'interview.updated', scopeOf(interview), { fairId, organisationId, interviewId, accountId }, { actorId: actorId(actor) });
  }
}

function busyOf(error: unknown): unknown {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002' ? new DomainError('recruiterBusy', {}, error) : error;
}
