import { Injectable } from '@nestjs/common';
import type { Interview as Detail, InterviewQuery, InterviewSummary, MyInterview, Page } from '#libs/contracts';
import { Booths } from '#libs/booths';
import { Accounts, Organisations, Profiles, Vault, type MemberActor } from '#libs/identity';
import { Jobs } from '#libs/jobs';
import { cursorOf, cursorPage, Database, PAGE_ROWS, type Interview } from '#libs/platform';
import { Criteria } from './criteria.js';
import { Decisions } from './decisions.js';
import { Interviews } from './interviews.js';
import { RecordingConsents } from './recording-consents.js';

const cursor = cursorOf(['instant', 'id']);
/** A candidate's own: more than a person has in a season. */
const MOST_MINE = 100;
type Facts = Omit<InterviewSummary, 'candidate' | 'decision'>;

/** Interviews as they are shown: to an employer with the candidate only while that one's yes holds, to the candidate with nothing of the sheets. */
@Injectable()
export class InterviewViews {
  constructor(
    private readonly database: Database,
    private readonly interviews: Interviews,
    private readonly decisions: Decisions,
    private readonly criteria: Criteria,
    private readonly recording: RecordingConsents,
    private readonly booths: Booths,
    private readonly jobs: Jobs,
    private readonly organisations: Organisations,
    private readonly accounts: Accounts,
    private readonly profiles: Profiles,
    private readonly vault: Vault,
  ) {}

  /** An employer's, the newest first. Throws `validationFailed` for a cursor that is not ours. */
  async list(actor: MemberActor, { status, boothId, fairId, after, limit = PAGE_ROWS }: InterviewQuery): Promise<Page<InterviewSummary>> {
    const place = cursor.read(after);
    const rows = await this.database.read.interview.findMany({
      where: {
        organisationId: actor.organisationId, status, boothId, fairId,
        ...(place ? { OR: [{ calledAt: { lt: place[0] } }, { calledAt: place[0], id: { lt: place[1] } }] } : {}),
      },
      orderBy: [{ calledAt: 'desc' }, { id: 'desc' }], take: limit + 1,
    });
    const page = cursorPage(rows, limit, ({ calledAt, id }) => cursor.write(calledAt, id));
    return { ...page, items: await this.summaries(page.items) };
  }

  /** For one employer's people; `candidate` and `decision` are null once the consent was taken back. All must be one employer's. */
  async summaries(rows: Interview[]): Promise<InterviewSummary[]> {
    const [first] = rows;
    if (!first) return [];
    const accountIds = rows.map(({ accountId }) => accountId);
    const consenting = await this.interviews.consenting(first.organisationId, accountIds);
    const [facts, names, profiles, keys] = await Promise.all([
      this.facts(rows), this.vault.names(consenting), this.profiles.facts(consenting), this.vault.keys(consenting),
    ]);
    return rows.map((row, n) => {
      const name = names.get(row.accountId);
      const candidate = name === undefined ? null : { name, hasCv: (profiles.get(row.accountId)?.cvFileId ?? null) !== null, atStation: row.stationId !== null };
      return { ...facts[n]!, candidate, decision: this.decisions.of(row, keys.get(row.accountId)) };
    });
  }

  /** For a colleague of its employer. Throws `notFound`. */
  async one(actor: MemberActor, interviewId: string): Promise<Detail> {
    const row = await this.interviews.requireOwn(actor, interviewId);
    const [[summary], criteria, recording] = await Promise.all([this.summaries([row]), this.criteria.of(row.jobId), this.recording.state(row, actor.accountId)]);
    const known = summary!.candidate === null ? { ...recording, answers: recording.answers.map((each, n) => (n === 0 ? { ...each, name: '' } : each)) } : recording;
    return { ...summary!, ...rest(row), recording: known, criteria };
  }

  /** The candidate's own. Throws `notFound` for somebody else's. */
  async mine(accountId: string, interviewId: string): Promise<MyInterview> {
    const row = await this.interviews.require(interviewId);
    await this.interviews.roleOf({ role: 'candidate', accountId }, row);
    return (await this.ownViews(accountId, [row]))[0]!;
  }

  /** A candidate's, the newest first. `stationId`: those at this station alone. */
  async allMine(accountId: string, stationId?: string): Promise<MyInterview[]> {
    return this.ownViews(accountId, await this.database.read.interview.findMany({ where: { accountId, stationId }, orderBy: [{ calledAt: 'desc' }, { id: 'desc' }], take: MOST_MINE }));
  }

  private async ownViews(accountId: string, rows: Interview[]): Promise<MyInterview[]> {
    const [facts, names, keys, recordings] = await Promise.all([
      this.facts(rows), this.vault.names([accountId]), this.vault.keys([accountId]), this.recording.states(rows, accountId),
    ]);
    return rows.map((row, n) => ({
      ...facts[n]!, ...rest(row), candidateName: names.get(accountId) ?? '', decision: this.decisions.of(row, keys.get(accountId)), recording: recordings[n]!,
    }));
  }

  private async facts(rows: Interview[]): Promise<Facts[]> {
    const ids = rows.map(({ id }) => id);
    const interviewers = await this.database.read.interviewer.findMany({ where: { interviewId: { in: ids } }, orderBy: { joinedAt: 'asc' } });
    const [numbers, organisations, titles, staff] = await Promise.all([
      this.booths.names(rows.map(({ boothId }) => boothId)), this.organisations.names(rows.map(({ organisationId }) => organisationId)),
      this.jobs.names(rows.flatMap(({ jobId }) => jobId ?? [])), this.accounts.displayNames(interviewers.map(({ accountId }) => accountId)),
    ]);
    return rows.map((row) => {
      const { id, fairId, boothId, organisationId, jobId, mode, status, leaderId } = row;
      const own = interviewers.filter(({ interviewId }) => interviewId === id).map(({ accountId }) => ({ accountId, name: staff.get(accountId) ?? '' }));
      return {
        id, fairId, boothId, boothNumber: numbers.get(boothId) ?? '', organisationId, organisationName: organisations.get(organisationId) ?? '',
        job: jobId === null ? null : { id: jobId, title: titles.get(jobId) ?? '' }, mode, status,
        interviewers: [...own.filter(({ accountId }) => accountId === leaderId), ...own.filter(({ accountId }) => accountId !== leaderId)],
        calledAt: row.calledAt.toISOString(), callUntil: text(row.callUntil), startedAt: text(row.startedAt), endsAt: text(row.endsAt), endedAt: text(row.endedAt),
      };
    });
  }
}

const text = (at: Date | null): string | null => at && at.toISOString();
const rest = ({ roomId, extended, lastSeq }: Interview) => ({ roomId, extended, lastSeq });
