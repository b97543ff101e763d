import { Injectable } from '@nestjs/common';
import { DateTime } from 'luxon';
import type { ApplicantQuery, ApplicationStatus, Language } from '#libs/contracts';
import { Audit, Profiles, Vault, type MemberActor } from '#libs/identity';
import { Context, Database, Limits } from '#libs/platform';
import { ApplicantsService } from './applicants.service.js';
import { Jobs } from './jobs.js';

/** Rows of one file. A fair's employer has hundreds; more is a reason to filter. */
const mostRows = 5_000;

const heads: Record<Language, string[]> = {
  zh: ['姓名', '手机号', '应聘岗位', '状态', '学历', '工作年限', '求职意向', '留言', '来源', '投递时间'],
  en: ['Name', 'Phone', 'Job', 'Status', 'Education', 'Years of work', 'Looking for', 'Note', 'Source', 'Applied at'],
};
const statuses: Record<ApplicationStatus, Record<Language, string>> = {
  submitted: { zh: '新投递', en: 'new' }, seen: { zh: '已看', en: 'seen' }, shortlisted: { zh: '有意向', en: 'shortlisted' },
  rejected: { zh: '不合适', en: 'rejected' }, hired: { zh: '已录用', en: 'hired' }, withdrawn: { zh: '已收回', en: 'taken back' },
};
const sources = { page: { zh: '网页', en: 'page' }, boothQr: { zh: '展位扫码', en: 'booth QR' }, broadcast: { zh: '直播', en: 'live broadcast' } } as const;

/** Applicants as a spreadsheet, for the employer's own desk. */
@Injectable()
export class ApplicantExport {
  constructor(
    private readonly database: Database,
    private readonly applicants: ApplicantsService,
    private readonly vault: Vault,
    private readonly profiles: Profiles,
    private readonly jobs: Jobs,
    private readonly audit: Audit,
    private readonly limits: Limits,
  ) {}

  /** An .xlsx of those whose consent holds, with whole phones; each look is audited. Throws `tooManyRequests`. */
  async xlsx(actor: MemberActor, query: ApplicantQuery): Promise<Buffer> {
    await this.limits.take('exportByAccount', actor.accountId);
    const { language } = Context.current();
    const rows = await this.applicants.consented(actor, query, mostRows);
    const people = rows.map((row) => row.accountId);
    const [names, facts, titles] = await Promise.all([this.vault.names(people), this.profiles.facts(people), this.jobs.names(rows.map((row) => row.jobId))]);
    const phones = await this.database.transaction(async (tx) => {
      await this.audit.write(tx, actor, 'applicants.exported', { kind: 'organisation', id: actor.organisationId }, { details: { rows: rows.length } });
      return this.vault.phones(tx, actor, people, { action: 'phone.exported' });
    });
    const lines = rows.map((row) => {
      const fact = facts.get(row.accountId);
      return [
        names.get(row.accountId) ?? '', phones.get(row.accountId)?.replace(/^\+86/, '') ?? '', titles.get(row.jobId) ?? '', statuses[row.status][language],
        fact?.education ?? '', fact?.experienceYears ?? null, fact?.wish ?? '', row.note, sources[row.source][language],
        DateTime.fromJSDate(row.createdAt, { zone: 'Asia/Shanghai' }).toFormat('yyyy-MM-dd HH:mm'),
      ];
    });
    return sheet(language === 'zh' ? '投递' : 'Applications', heads[language], lines);
  }
}

/** What a cell begins with when a spreadsheet takes text for a formula (OWASP: CSV injection), also after a copy into CSV. */
const formula = /^[=+\-@\t\r]/;
export const cell = (value: string | number | null): string | number | null => (typeof value === 'string' && formula.test(value) ? `'${value}` : value);

/** exceljs costs 25 MB and 200 ms, so only a process that exports loads it. */
async function sheet(name: string, head: readonly string[], lines: readonly (string | number | null)[][]): Promise<Buffer> {
  const { default: excel } = await import('exceljs');
  const book = new excel.Workbook();
  const page = book.addWorksheet(name, { views: [{ state: 'frozen', ySplit: 1 }] });
  page.columns = head.map((header, n) => ({ header, width: [10, 14, 20, 10, 10, 10, 24, 30, 10, 18][n] ?? 12 }));
  page.getRow(1).font = { bold: true };
  for (const line of lines) page.addRow(line.map(cell));
  return Buffer.from(await book.xlsx.writeBuffer());
}
