import { randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { BoothInput, LayOutBooths, MoveBooth } from '#libs/contracts';
import { Events } from '#libs/events';
import { FairRules, Fairs, stateRefused, type FairRow, type ZoneRow } from '#libs/fairs';
import { actorId, Organisations, type MemberActor } from '#libs/identity';
import { Database, DomainError, fieldRefused, newId, type Tx } from '#libs/platform';
import { Booths, type BoothRow } from './booths.js';
import { layOut, nextNumbers, placeProblem, roomFor, type PlaceProblem } from './floor-plan.rules.js';

/** No letters and digits that look alike: a person may have to type it. */
const alphabet = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';
const leadCode = (): string => Array.from({ length: 10 }, () => alphabet[randomInt(alphabet.length)]).join('');

/** What the organiser does with booths on the plan. Each command answers the rows after it. */
@Injectable()
export class PlacementService {
  constructor(
    private readonly database: Database,
    private readonly events: Events,
    private readonly fairs: Fairs,
    private readonly booths: Booths,
    private readonly organisations: Organisations,
  ) {}

  /** Throws `nameTaken` (the number), `validationFailed` (outside its zone, over another booth), `fairStateRefused`. */
  add(actor: MemberActor, fairId: string, input: BoothInput): Promise<BoothRow> {
    return this.database.transaction(async (tx) => {
      await this.holdPlan(tx, actor, fairId);
      await this.check(tx, fairId, { id: null, ...input });
      const booth = await tx.booth.create({ data: { id: newId(), fairId, leadCode: leadCode(), ...input } });
      await this.appendPlaced(tx, actor, [booth]);
      return booth;
    });
  }

  /** Puts `count` more booths into a zone, in a tidy grid. Throws `validationFailed` when there is no room for them. */
  layOut(actor: MemberActor, fairId: string, { zoneId, count }: LayOutBooths): Promise<BoothRow[]> {
    return this.database.transaction(async (tx) => {
      await this.holdPlan(tx, actor, fairId);
      const zone = await this.requireZone(tx, fairId, zoneId);
      const standing = await tx.booth.findMany({ where: { fairId } });
      const places = layOut(zone, standing, count);
      if (!places) {
        const room = roomFor(zone, standing);
        throw fieldRefused({ field: 'count', zh: `这个区最多再放 ${room} 个展位。`, en: `There is room for ${room} more in this zone.` });
      }
      const numbers = nextNumbers(zone.letter, standing.map((booth) => booth.number), count);
      const rows = places.map((place, n) => ({ id: newId(), fairId, zoneId, number: numbers[n] as string, leadCode: leadCode(), ...place }));
      const booths = await tx.booth.createManyAndReturn({ data: rows });
      await this.appendPlaced(tx, actor, booths);
      return booths;
    });
  }

  /** Drags a booth, or renames it. Throws as `add` does. */
  move(actor: MemberActor, boothId: string, changes: MoveBooth): Promise<BoothRow> {
    return this.change(actor, boothId, async (tx, booth) => {
      await this.check(tx, booth.fairId, { ...booth, ...changes });
      const moved = await tx.booth.update({ where: { id: boothId }, data: changes });
      await this.appendPlaced(tx, actor, [moved]);
      return moved;
    });
  }

  /**
   * Gives the booth to an employer that was admitted to the fair, or makes it free (null). An employer who stands elsewhere
   * moves. Of many at once one gets it. Throws `boothTaken`, `validationFailed` (not admitted), `licenceMissing` and its kin.
   */
  assign(actor: MemberActor, boothId: string, organisationId: string | null): Promise<BoothRow> {
    return this.change(actor, boothId, async (tx, booth) => {
      if (organisationId === null) return booth.organisationId === null ? booth : this.setOrganisation(tx, actor, boothId, null);
      if (!(await this.booths.admitted(booth.fairId, organisationId, tx))) {
        throw fieldRefused({ field: 'organisationId', zh: '先同意这家单位的展位申请。', en: 'Approve the employer’s booth application first.' });
      }
      await this.organisations.requireVerified(tx, organisationId);
      return this.put(tx, actor, booth, organisationId);
    });
  }

  /** Puts an employer that was admitted and is verified onto a booth; the plan is held already. Throws `boothTaken`. */
  async put(tx: Tx, actor: MemberActor, booth: BoothRow, organisationId: string): Promise<BoothRow> {
    if (booth.organisationId === organisationId) return booth;
    if (booth.organisationId !== null) throw new DomainError('boothTaken', { number: booth.number });
    const elsewhere = await this.booths.boothOf(booth.fairId, organisationId, tx);
    if (elsewhere) await this.setOrganisation(tx, actor, elsewhere.id, null);
    return this.setOrganisation(tx, actor, booth.id, organisationId);
  }

  /** Removes a free booth. Throws `boothTaken` while somebody stands there, `validationFailed` when contacts were left there: they are kept. */
  async remove(actor: MemberActor, boothId: string): Promise<void> {
    await this.change(actor, boothId, async (tx, booth) => {
      if (booth.organisationId !== null) throw new DomainError('boothTaken', { number: booth.number });
      if ((await tx.lead.count({ where: { boothId } })) > 0) {
        throw fieldRefused({ field: 'boothId', zh: '这里留过求职者的联系方式，不能删；可以改号或挪位置。', en: 'Contacts were left here, so it stays; rename or move it instead.' });
      }
      await tx.booth.delete({ where: { id: boothId } });
      await this.events.append(tx, 'booth.removed', { kind: 'fair', id: booth.fairId }, { fairId: booth.fairId, boothId }, { actorId: actorId(actor) });
      return booth;
    });
  }

  /**
   * Locks the fair against its own changes (`use`) and its plan against other changes of booths, so that what was checked
   * stays true: two booths are never put onto one place, nor two employers onto one booth. Throws `notFound`, `fairStateRefused`.
   */
  async holdPlan(tx: Tx, actor: MemberActor, fairId: string): Promise<FairRow> {
    const fair = await this.fairs.lock(tx, fairId, 'use');
    if (!this.fairs.isOwn(actor, fair)) throw new DomainError('notFound');
    if (!FairRules.isEditable(fair.status)) throw stateRefused(fair);
    await this.lockPlan(tx, fairId);
    return fair;
  }

  /** One writer of a fair's booths at a time. */
  async lockPlan(tx: Tx, fairId: string): Promise<void> {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`plan/${fairId}`}, 0))`;
  }

  async setOrganisation(tx: Tx, actor: MemberActor, boothId: string, organisationId: string | null): Promise<BoothRow> {
    const booth = await tx.booth.update({ where: { id: boothId }, data: { organisationId } });
    await this.appendPlaced(tx, actor, [booth]);
    return booth;
  }

  private change(actor: MemberActor, boothId: string, work: (tx: Tx, booth: BoothRow) => Promise<BoothRow>): Promise<BoothRow> {
    return this.database.transaction(async (tx) => {
      const { fairId } = await this.booths.require(boothId, tx);
      await this.holdPlan(tx, actor, fairId);
      return work(tx, await this.booths.require(boothId, tx)); // anew: it may have changed before the lock
    });
  }

  private async requireZone(tx: Tx, fairId: string, zoneId: string): Promise<ZoneRow> {
    const zone = await tx.zone.findFirst({ where: { id: zoneId, fairId } });
    if (!zone) throw fieldRefused({ field: 'zoneId', zh: '这场招聘会没有这个分区。', en: 'The fair has no such zone.' });
    return zone;
  }

  private async check(tx: Tx, fairId: string, booth: BoothInput & { id: string | null }): Promise<void> {
    const zone = await this.requireZone(tx, fairId, booth.zoneId);
    const others = (await tx.booth.findMany({ where: { fairId } })).filter((other) => other.id !== booth.id);
    if (others.some((other) => other.number === booth.number)) throw new DomainError('nameTaken', { name: booth.number });
    const problem = placeProblem(booth, zone, others);
    if (problem) throw placeRefused(problem);
  }

  private appendPlaced(tx: Tx, actor: MemberActor, booths: readonly BoothRow[]): Promise<void> {
    return this.events.appendMany(tx, booths.map(({ id: boothId, fairId, organisationId }) => ({
      type: 'booth.placed', scope: { kind: 'fair', id: fairId }, data: { fairId, boothId, organisationId }, actorId: actorId(actor),
    })));
  }
}

function placeRefused(problem: PlaceProblem): DomainError {
  switch (problem.kind) {
    case 'outside': return fieldRefused({ field: problem.field, zh: '展位要放在它的分区里面。', en: 'The booth must lie inside its zone.' });
    case 'notDrawn': return fieldRefused({ field: problem.field, zh: '先在平面图上画出这个分区。', en: 'Draw this zone on the plan first.' });
    case 'over': return fieldRefused({ field: problem.field, zh: `和 ${problem.number} 叠在一起了，挪开一点。`, en: `It lies over ${problem.number}; move it away.` });
  }
}
