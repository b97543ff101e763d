import { Injectable } from '@nestjs/common';
import type { ApplyForBooth, BoothApplication, DecideBoothApplication } from '#libs/contracts';
import { Events } from '#libs/events';
import { FairRules, Fairs, isPublic, stateRefused, type FairRow } from '#libs/fairs';
import { actorId, Organisations, type MemberActor } from '#libs/identity';
import { Database, DomainError, newId, type BoothApplication as Row, type Tx } from '#libs/platform';
import { Booths } from './booths.js';
import { PlacementService } from './placement.service.js';

/** Employers ask for a place at a fair, the organiser decides. Commands answer the row after them. */
@Injectable()
export class BoothApplicationsService {
  constructor(
    private readonly database: Database,
    private readonly events: Events,
    private readonly fairs: Fairs,
    private readonly booths: Booths,
    private readonly placement: PlacementService,
    private readonly organisations: Organisations,
  ) {}

  /** One application an employer and fair; after a refusal or a withdrawal it can apply again. Throws `alreadyApplied`, `fairStateRefused`, `organisationSuspended`. */
  async apply(actor: MemberActor, fairId: string, { contactName, wish = '' }: ApplyForBooth): Promise<Row> {
    const { organisationId } = actor;
    if ((await this.organisations.get(organisationId)).status === 'suspended') throw new DomainError('organisationSuspended');
    return this.database.transaction(async (tx) => {
      const fair = await this.fairs.lock(tx, fairId, 'use');
      if (!isPublic(fair)) throw new DomainError('notFound');
      if (!FairRules.isRunning(fair.status)) throw stateRefused(fair);
      const existing = await this.lock(tx, fairId, organisationId);
      if (existing && ['pending', 'approved'].includes(existing.status)) throw new DomainError('alreadyApplied');
      const asked = { contactName, wish, status: 'pending', reason: null, decidedById: null, decidedAt: null } as const;
      // Two first applications at once: the second waits for the first one's commit, and finds it.
      const application = existing
        ? await tx.boothApplication.update({ where: { id: existing.id }, data: asked })
        : (await tx.boothApplication.createManyAndReturn({ data: [{ id: newId(), fairId, organisationId, ...asked }], skipDuplicates: true }))[0];
      if (!application) throw new DomainError('alreadyApplied');
      await this.append(tx, actor, 'boothApplication.submitted', application);
      return application;
    });
  }

  /**
   * Says yes or no; with `boothId` a yes places the employer at once. Throws `boothApplicationDecided`, `reasonRequired` (a no
   * without one), `licenceMissing` and its kin (a yes), `boothTaken`, `notFound`.
   */
  async decide(actor: MemberActor, applicationId: string, { approved, reason = '', boothId }: DecideBoothApplication): Promise<Row> {
    if (!approved && !reason) throw new DomainError('reasonRequired');
    return this.database.transaction(async (tx) => {
      const { fairId, organisationId } = await this.requireRow(tx, applicationId);
      await this.placement.holdPlan(tx, actor, fairId);
      const before = await this.lock(tx, fairId, organisationId);
      if (before?.status !== 'pending') throw new DomainError('boothApplicationDecided');
      if (approved) await this.organisations.requireVerified(tx, organisationId);
      const data = { status: approved ? 'approved' : 'rejected', reason: reason || null, decidedById: actor.accountId, decidedAt: new Date() } as const;
      const application = await tx.boothApplication.update({ where: { id: applicationId }, data });
      const fact = { fairId, boothApplicationId: applicationId, organisationId, approved };
      await this.events.append(tx, 'boothApplication.decided', { kind: 'fair', id: fairId }, fact, { actorId: actorId(actor) });
      if (approved && boothId) {
        const booth = await this.booths.require(boothId, tx);
        if (booth.fairId !== fairId) throw new DomainError('notFound');
        await this.placement.put(tx, actor, booth, organisationId);
      }
      return application;
    });
  }

  /** The employer takes it back; its booth becomes free, its jobs leave the fair (by the event). Twice is once. */
  async withdraw(actor: MemberActor, applicationId: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const { fairId, organisationId } = await this.requireRow(tx, applicationId);
      if (organisationId !== actor.organisationId) throw new DomainError('notFound');
      await this.fairs.lock(tx, fairId, 'use');
      await this.placement.lockPlan(tx, fairId);
      const before = await this.lock(tx, fairId, organisationId);
      if (before?.status === 'withdrawn') return;
      if (before?.status === 'rejected') throw new DomainError('boothApplicationDecided');
      const application = await tx.boothApplication.update({ where: { id: applicationId }, data: { status: 'withdrawn' } });
      const booth = await this.booths.boothOf(fairId, organisationId, tx);
      if (booth) await this.placement.setOrganisation(tx, actor, booth.id, null);
      await this.append(tx, actor, 'boothApplication.withdrawn', application);
    });
  }

  /** All of a fair, for its organiser: those that wait first, the oldest first. */
  async ofFair(actor: MemberActor, fairId: string): Promise<BoothApplication[]> {
    await this.fairs.requireOwn(actor, fairId);
    const rows = await this.database.read.boothApplication.findMany({ where: { fairId }, orderBy: [{ status: 'asc' }, { createdAt: 'asc' }, { id: 'asc' }] });
    return this.views(rows);
  }

  /** An employer's own, the newest first. */
  async mine(actor: MemberActor): Promise<BoothApplication[]> {
    return this.views(await this.database.read.boothApplication.findMany({ where: { organisationId: actor.organisationId }, orderBy: { id: 'desc' } }));
  }

  private async requireRow(tx: Tx, id: string): Promise<Row> {
    const row = await tx.boothApplication.findUnique({ where: { id } });
    if (!row) throw new DomainError('notFound');
    return row;
  }

  private async lock(tx: Tx, fairId: string, organisationId: string): Promise<Row | null> {
    const [row] = await tx.$queryRaw<Row[]>`
      SELECT * FROM "BoothApplication" WHERE "fairId" = ${fairId}::uuid AND "organisationId" = ${organisationId}::uuid FOR UPDATE`;
    return row ?? null;
  }

  private append(tx: Tx, actor: MemberActor, type: 'boothApplication.submitted' | 'boothApplication.withdrawn', { id, fairId, organisationId }: Row): Promise<void> {
    return this.events.append(tx, type, { kind: 'fair', id: fairId }, { fairId, boothApplicationId: id, organisationId }, { actorId: actorId(actor) });
  }

  /** As the contracts show it. */
  async view(row: Row): Promise<BoothApplication> {
    return (await this.views([row]))[0] as BoothApplication;
  }

  private async views(rows: readonly Row[]): Promise<BoothApplication[]> {
    const organisationIds = rows.map((row) => row.organisationId);
    const [fairs, names, licences, booths] = await Promise.all([
      this.fairs.byIds(rows.map((row) => row.fairId)), this.organisations.names(organisationIds), this.organisations.licenceStates(organisationIds),
      this.booths.places(rows),
    ]);
    return rows.map(({ id, fairId, organisationId, contactName, wish, status, reason, createdAt, decidedAt }) => ({
      id, fairId, fairName: (fairs.get(fairId) as FairRow).name, organisationId, organisationName: names.get(organisationId) ?? '', contactName, wish, status, reason,
      createdAt: createdAt.toISOString(), decidedAt: decidedAt?.toISOString() ?? null,
      licence: licences.get(organisationId) ?? 'missing', boothNumber: booths.get(`${fairId}/${organisationId}`)?.boothNumber ?? null,
    }));
  }
}
