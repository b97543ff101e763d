import { Injectable } from '@nestjs/common';
import { Database, type Prisma } from '#libs/platform';

/** A job as its row (without the search vector, which Prisma does not read). */
export type JobRow = Prisma.JobGetPayload<object>;

/** Reading jobs, for slices above; what changes them lies beside. */
@Injectable()
export class Jobs {
  constructor(private readonly database: Database) {}

  /** The job, or null: drafts too. */
  get(jobId: string): Promise<JobRow | null> {
    return this.database.read.job.findUnique({ where: { id: jobId } });
  }

  /** Titles by job id. */
  async names(jobIds: Iterable<string>): Promise<Map<string, string>> {
    const rows = await this.database.read.job.findMany({ where: { id: { in: [...jobIds] } }, select: { id: true, title: true } });
    return new Map(rows.map((row) => [row.id, row.title]));
  }
}
