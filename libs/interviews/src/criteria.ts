import { Injectable } from '@nestjs/common';
import type { Criterion, SetCriteria } from '#libs/contracts';
import type { MemberActor } from '#libs/identity';
import { Jobs } from '#libs/jobs';
import { Context, Database, DomainError, fieldRefused, newId, type Reader } from '#libs/platform';

/** What a job's candidates are scored by: its own criteria, or those that suit every job. */
@Injectable()
export class Criteria {
  constructor(private readonly database: Database, private readonly jobs: Jobs) {}

  /** @param jobId null: an interview for no job in particular */
  async of(jobId: string | null, reader: Reader = this.database.read): Promise<Criterion[]> {
    const rows = jobId === null ? [] : await reader.criterion.findMany({ where: { jobId }, orderBy: { place: 'asc' } });
    return rows.length === 0 ? standard() : rows.map(({ key, name, weight }) => ({ key, name, weight }));
  }

  /** Of one of the actor's employer. Throws `notFound`. */
  async read(actor: MemberActor, jobId: string): Promise<Criterion[]> {
    const job = await this.jobs.get(jobId);
    if (job?.organisationId !== actor.organisationId) throw new DomainError('notFound');
    return this.of(jobId);
  }

  /** One that keeps its name keeps its key, so that sheets stay comparable; none at all: the standard ones again. Throws `validationFailed` (a name twice), `notFound`. */
  async set(actor: MemberActor, jobId: string, { criteria }: SetCriteria): Promise<Criterion[]> {
    const names = new Set(criteria.map(({ name }) => name));
    if (names.size < criteria.length) throw fieldRefused({ field: 'criteria', zh: '有重名的项目。', en: 'Two criteria have one name.' });
    return this.database.transaction(async (tx) => {
      await this.jobs.lockOwn(tx, actor.organisationId, jobId);
      const before = new Map((await this.of(jobId, tx)).map(({ name, key }) => [name, key]));
      await tx.criterion.deleteMany({ where: { jobId } });
      await tx.criterion.createMany({ data: criteria.map(({ name, weight }, place) => ({ jobId, key: before.get(name) ?? newId(), place, name, weight })) });
      return this.of(jobId, tx);
    });
  }
}

/** In the language of who asks; the keys are the same. */
function standard(): Criterion[] {
  const zh = Context.current().language === 'zh';
  return [
    { key: 'skill', name: zh ? '岗位技能' : 'Skill for the job', weight: 4 },
    { key: 'experience', name: zh ? '相关经验' : 'Experience', weight: 2 },
    { key: 'communication', name: zh ? '沟通表达' : 'Communication', weight: 2 },
    { key: 'stability', name: zh ? '到岗与稳定' : 'Can start, will stay', weight: 2 },
  ];
}
