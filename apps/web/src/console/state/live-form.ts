/** The form of a broadcast: what it holds, what is wrong with it before it is sent, what is sent. Pure but for the words. */
import type { Broadcast, BroadcastKind, Fair, ScheduleBroadcast } from '#libs/contracts';
import { say, t } from '../../words';

export interface BroadcastForm {
  fairId: string; boothId: string; kind: BroadcastKind; title: string; startsAt: string; endsAt: string; jobIds: string[]; hostIds: string[];
}
/** Fields that the form has a place for; the server names jobs and hosts one by one (`jobIds.0`). */
export const hasPlace = (field: string): boolean => /^(boothId|kind|title|startsAt|endsAt|jobIds|hostIds)(\.\d+)?$/.test(field);
export const MOST_JOBS = 30;
export const MOST_HOSTS = 10;
export const COVER_LIMIT = 10 * 1024 * 1024;
export const COVER_ACCEPT = 'image/jpeg,image/png,.jpg,.jpeg,.png';

export const formOf = (one: Broadcast): BroadcastForm => ({
  fairId: one.fairId, boothId: one.boothId, kind: one.kind, title: one.title, startsAt: one.startsAt, endsAt: one.endsAt,
  jobIds: one.jobs.map(job => job.id), hostIds: one.hosts.map(host => host.accountId),
});
export const inputOf = ({ fairId: _fair, ...form }: BroadcastForm): ScheduleBroadcast => ({ ...form, title: form.title.trim() });

/** What is wrong, a sentence a field; empty ones are fine. `now` epoch ms. A broadcast that began may keep its start. */
export function problemsOf(form: BroadcastForm, fair: Pick<Fair, 'startsAt' | 'endsAt'> | undefined, now: number, startMayBePast = false): Record<string, string> {
  const [from, to] = [Date.parse(form.startsAt), Date.parse(form.endsAt)];
  const f = 'console.live.form';
  const outside = fair && (from < Date.parse(fair.startsAt) || to > Date.parse(fair.endsAt));
  return {
    title: form.title.trim() ? '' : t(`${f}.needTitle`),
    startsAt: !form.startsAt ? t(`${f}.needTime`) : to < now && !startMayBePast ? t(`${f}.past`)
      : outside ? t(`${f}.outside`, { time: say.span(fair.startsAt, fair.endsAt) }) : '',
    endsAt: !form.endsAt ? t(`${f}.needTime`) : from >= to ? t(`${f}.endFirst`) : '',
    jobIds: !form.jobIds.length ? t(`${f}.needJobs`) : form.jobIds.length > MOST_JOBS ? t(`${f}.manyJobs`) : '',
    hostIds: !form.hostIds.length ? t(`${f}.needHosts`) : form.hostIds.length > MOST_HOSTS ? t(`${f}.manyHosts`) : '',
  };
}

/** One step up or down in a list; at its ends it stays. */
export function moved<T>(list: readonly T[], at: number, by: -1 | 1): T[] {
  const to = at + by;
  if (to < 0 || to >= list.length) return [...list];
  const next = [...list];
  [next[at], next[to]] = [next[to], next[at]];
  return next;
}

/** What is wrong with a cover before a byte is sent; the server reads the bytes itself. */
export function coverProblem(file: Pick<File, 'name' | 'size' | 'type'>): string {
  if (!/^image\/(jpeg|png)$/.test(file.type) && !/\.(jpe?g|png)$/i.test(file.name)) return t('console.live.form.coverKind');
  return file.size > COVER_LIMIT ? t('console.live.form.coverLarge', { size: say.fileSize(file.size) }) : '';
}

/** Half past or the full hour, at least half an hour from now, inside the fair; an hour long. Epoch ms in, instants out. */
export function proposedTimes(fair: Pick<Fair, 'startsAt' | 'endsAt'>, now: number): { startsAt: string; endsAt: string } {
  const half = 30 * 60_000;
  const last = Date.parse(fair.endsAt);
  const wished = Math.max(Date.parse(fair.startsAt), Math.ceil((now + half) / half) * half);
  const from = Math.min(wished, Math.max(Date.parse(fair.startsAt), last - half));
  return { startsAt: new Date(from).toISOString(), endsAt: new Date(Math.min(from + 2 * half, last)).toISOString() };
}
