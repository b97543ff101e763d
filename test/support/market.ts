/** A fair with employers and jobs for specs, made by the commands that real people use. */
import type { ModuleMetadata } from '@nestjs/common';
import type { JobInput } from '../../libs/contracts/src/index.js';
import { BoothApplicationsService, BoothsModule } from '../../libs/booths/src/index.js';
import { eventsModule } from '../../libs/events/src/index.js';
import { FairsModule, Fairs, FairsService, ZonesService } from '../../libs/fairs/src/index.js';
import type { MemberActor } from '../../libs/identity/src/index.js';
import { JobsModule, JobsService, type JobRow } from '../../libs/jobs/src/index.js';
import { people, type People } from './identity.js';

export interface Market extends People {
  organiser: MemberActor;
  /** A published hall fair with the zones A (600 × 400 dm) and B (300 × 400 dm). */
  fair(organiser?: MemberActor): Promise<{ id: string; zoneA: string; zoneB: string }>;
  /** An employer whose licence was approved. */
  verified(name?: string): Promise<MemberActor>;
  /** Applies for the fair and is admitted. */
  admit(fairId: string, employer: MemberActor, boothId?: string): Promise<void>;
  /** A published job. */
  job(employer: MemberActor, change?: Partial<JobInput>): Promise<JobRow>;
  get<T>(type: new (...args: never[]) => T): T;
}

export const jobInput: JobInput = {
  title: '装配工', headCount: 30, conditions: '能倒班，男女不限。', content: '装配电机零件，学徒可带。', place: '滨港区工业路 8 号', regionCode: '350100',
  payMin: 5_500, payMax: 7_000, payUnit: 'month', payTerms: '底薪 2,400 元 + 计件', validUntil: '2099-01-01', tags: ['urgent', 'noExperience'],
};

/** @param imports slices above booths */
export async function market(imports: NonNullable<ModuleMetadata['imports']> = []): Promise<Market> {
  const testing = await people({ imports: [eventsModule, FairsModule, JobsModule, BoothsModule, ...imports] });
  const get = <T>(type: new (...args: never[]) => T): T => testing.module.get(type, { strict: false });
  const organiser = await testing.bureau();
  const at = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
  return {
    ...testing, get, organiser,
    async fair(owner = organiser) {
      const { id } = await get(FairsService).create(owner, {
        name: '春风专场', channel: 'both', venueName: '澜江会展中心', regionCode: '350100', startsAt: at(-1), endsAt: at(7), approvedNumber: 3_600,
      });
      await get(ZonesService).setZones(owner, id, { zones: [
        { letter: 'A', name: '制造业', approvedNumber: 1_200, x: 20, y: 20, width: 600, height: 400 },
        { letter: 'B', name: '社区服务', approvedNumber: 900, x: 640, y: 20, width: 300, height: 400 },
      ] });
      await get(FairsService).changeStatus(owner, id, { to: 'published' });
      const [, a, b] = await get(Fairs).zones(id);
      return { id, zoneA: a!.id, zoneB: b!.id };
    },
    async verified(name) {
      const employer = await testing.employer('350100', name);
      await testing.verify(employer);
      return employer;
    },
    async admit(fairId, employer, boothId) {
      const application = await get(BoothApplicationsService).apply(employer, fairId, { contactName: '林人事' });
      await get(BoothApplicationsService).decide(organiser, application.id, { approved: true, boothId });
    },
    async job(employer, change = {}) {
      const { id } = await get(JobsService).create(employer, { ...jobInput, ...change });
      return get(JobsService).publish(employer, id);
    },
  };
}

/** The code with which something was refused, and its details. */
export async function refused(work: Promise<unknown>): Promise<{ code: string; details: Record<string, unknown> }> {
  const error = await work.then(() => null, (thrown: unknown) => thrown);
  if (!error) throw new Error('it was not refused');
  return error as { code: string; details: Record<string, unknown> };
}
export const code = async (work: Promise<unknown>): Promise<string> => (await refused(work)).code;
