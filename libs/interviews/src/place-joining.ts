import { Injectable } from '@nestjs/common';
import type { Actor, JoinQueue } from '#libs/contracts';
import { FairRules, Fairs, stateRefused } from '#libs/fairs';
import { Consents, Organisations } from '#libs/identity';
import { isOnOffer, Jobs } from '#libs/jobs';
import { Database, DomainError, fieldRefused, Limits, newId, type Queue, type QueuePlace, type Tx } from '#libs/platform';
import { rangeAt } from './estimate.rules.js';
import { PlaceSteps } from './place-steps.js';
import { QueuePace } from './queue-pace.js';
import { KEPT_OVER, MOST_WAITING, standing, takesRoom } from './queue.rules.js';
import { Queues, type StoodBooth } from './queues.js';

/** Whose place it is: themselves, or somebody at a station whose clerk acts. */
export interface Joiner { accountId: string; stationId: string | null }

/** Joining a booth's queue. */
@Injectable()
export class PlaceJoining {
  constructor(
    private readonly database: Database,
    private readonly fairs: Fairs,
    private readonly queues: Queues,
    private readonly pace: QueuePace,
    private readonly steps: PlaceSteps,
    private readonly consents: Consents,
    private readonly organisations: Organisations,
    private readonly jobs: Jobs,
    private readonly limits: Limits,
  ) {}

  /**
   * Takes a place at the end: the candidate's own yes, the place, what was promised and the event in one transaction. Whoever has a
   * place keeps it, and may say that they come the other way; who missed a call is back by it, and is the next. Throws `consentRequired`, `queueClosed`, `queueFull`, `fairStateRefused`,
   * `licenceMissing` and its kin, `validationFailed` (no job of this employer), `notFound`.
   */
  async join(actor: Actor, { accountId, stationId }: Joiner, boothId: string, { jobId, mode, consent }: JoinQueue): Promise<QueuePlace> {
    if (!consent) throw new DomainError('consentRequired');
    await this.limits.take('queueByAccount', accountId);
    const { organisationId } = await this.queues.requireVisible({ role: 'anyone' }, boothId);
    // Before the transaction: inside, who waits for the queue would hold a connection and ask for a second one.
    const wording = await this.wording(organisationId, stationId !== null);
    return this.database.transaction(async (tx) => {
      const booth = await this.open(tx, boothId);
      if (booth.organisationId !== organisationId) throw new DomainError('queueClosed');
      if (jobId !== undefined) await this.requireJob(tx, booth.organisationId, jobId);
      // Holds the person's row: of two taps at once the second finds the first one's place.
      await this.consents.give(tx, { accountId, organisationId: booth.organisationId, purpose: 'interview', wording });
      const known = await this.queues.of(booth, tx);
      if (!known || known.status === 'closed') throw new DomainError('queueClosed');
      const queue = await this.queues.lock(tx, known.id);
      const own = await tx.queuePlace.findFirst({ where: { queueId: queue.id, accountId, status: { in: [...standing] } } });
      if (own && !(await this.isOver(tx, queue, own))) return this.again(tx, queue, own, { mode, jobId }, actor);
      if (queue.status !== 'open') throw new DomainError('queueClosed');
      const ahead = await tx.queuePlace.findMany({ where: { queueId: queue.id, status: { in: [...takesRoom] } }, select: { status: true } });
      const limit = Math.min(queue.limit ?? MOST_WAITING, MOST_WAITING);
      if (ahead.length >= limit) throw new DomainError('queueFull', { limit });
      const { lastSeq: seq } = await tx.queue.update({ where: { id: queue.id }, data: { lastSeq: { increment: 1 } } });
      const waiting = ahead.filter(({ status }) => status === 'waiting').length;
      const promised = rangeAt(await this.pace.of(queue, tx), waiting + 1);
      const place = await tx.queuePlace.create({
        data: { id: newId(), queueId: queue.id, seq, accountId, stationId, jobId: jobId ?? null, mode, ...promised, joinedAt: new Date() },
      });
      await this.steps.append(tx, queue, place, actor);
      return place;
    });
  }

  /** The booth as it stands until the commit, with an employer who may recruit at a fair that is on. */
  private async open(tx: Tx, boothId: string): Promise<StoodBooth> {
    const { fairId } = await this.queues.requireVisible({ role: 'anyone' }, boothId, tx);
    const fair = await this.fairs.lock(tx, fairId, 'use');
    await tx.$queryRaw`SELECT id FROM "Booth" WHERE id = ${boothId}::uuid FOR SHARE`;
    const booth = await this.queues.requireVisible({ role: 'anyone' }, boothId, tx);
    if (!FairRules.isRunning(fair.status)) throw stateRefused(fair);
    await this.organisations.requireVerified(tx, booth.organisationId);
    return booth;
  }

  private async again(tx: Tx, queue: Queue, own: QueuePlace, { mode, jobId }: Pick<JoinQueue, 'mode' | 'jobId'>, actor: Actor): Promise<QueuePlace> {
    const place = (await this.steps.comeBack(tx, queue, own, actor)) ?? own;
    const same = place.mode === mode && (jobId === undefined || jobId === place.jobId);
    if (same || place.status !== 'waiting') return place;
    const changed = await tx.queuePlace.update({ where: { id: place.id }, data: { mode, jobId } });
    await this.steps.append(tx, queue, changed, actor);
    return changed;
  }

  /** A call was missed, and the place was kept long enough; its timer is about to say so. Ends it, so that another one can be taken. */
  private async isOver(tx: Tx, queue: Queue, { id, status, until }: QueuePlace): Promise<boolean> {
    if (status !== 'missed' || until === null || until > new Date()) return false;
    return (await this.steps.move(tx, queue, { id }, ['missed'], 'dropped', { reason: KEPT_OVER }, null)) !== null;
  }

  private async requireJob(tx: Tx, organisationId: string, jobId: string): Promise<void> {
    const job = await this.jobs.get(jobId, tx);
    if (job?.organisationId === organisationId && isOnOffer(job, new Date())) return;
    throw fieldRefused({ field: 'jobId', zh: '这家单位现在没有这个岗位。', en: 'This employer does not offer this job now.' });
  }

  /** What the person agreed to, as it is kept with the consent. */
  async wording(organisationId: string, inFrontOfClerk: boolean): Promise<string> {
    const name = (await this.organisations.names([organisationId])).get(organisationId) ?? '';
    return `${inFrontOfClerk ? '当着驿站工作人员的面说：' : ''}同意把我的名字和我填写的求职资料给${name}看，并和对方面试，随时能收回。`;
  }
}
