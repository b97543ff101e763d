import type { Day, Licence } from '#libs/contracts';
import { say, t } from '../../../../words';

/** Warned of so many days before a licence ends: a new one needs a review first. */
export const WARN_DAYS = 30;

export type Standing =
  | { kind: 'missing' }
  | { kind: 'pending'; licence: Licence }
  | { kind: 'refused'; licence: Licence }
  | { kind: 'expired'; licence: Licence; next?: Licence }
  /** `days` until it ends, today not counted; `next` waits for its review. */
  | { kind: 'approved' | 'soon'; licence: Licence; days: number; next?: Licence };

const dayNumber = (day: Day) => Date.parse(`${day}T00:00:00Z`) / 86_400_000;

/** How an employer stands with its licences (newest first, as the server gives them); `today` in China. */
export function standingOf(licences: readonly Licence[], today: Day): Standing {
  const counts = licences.find(one => one.status === 'approved');
  const newest = licences[0];
  const next = newest?.status === 'pending' ? newest : undefined;
  if (counts && !counts.expired) {
    const days = dayNumber(counts.expiresOn) - dayNumber(today);
    return { kind: days <= WARN_DAYS ? 'soon' : 'approved', licence: counts, days, next };
  }
  if (next && !counts) return { kind: 'pending', licence: next };
  if (newest?.status === 'rejected') return { kind: 'refused', licence: newest };
  if (counts) return { kind: 'expired', licence: counts, next };
  return { kind: 'missing' };
}

/** What a licence without an end is entered with. */
export const NO_END = '2199-12-31';
/** 有效到 2026 年 12 月 31 日, or 长期有效. */
export const goodUntil = (day: Day): string => (day === NO_END ? t('console.employer.licence.endless') : t('console.employer.licence.goodUntil', { day: say.day(day) }));

export const today = (): Day => say.isoDay(Date.now());

/** May publish today. */
export const isGood = ({ kind }: Standing): boolean => kind === 'approved' || kind === 'soon';
/** Somebody here has to hand in a paper. */
export const needsPaper = (standing: Standing): boolean =>
  standing.kind === 'missing' || standing.kind === 'refused' || ((standing.kind === 'soon' || standing.kind === 'expired') && !standing.next);

export const FILE_LIMIT = 10 * 1024 * 1024;
const kinds = ['application/pdf', 'image/jpeg', 'image/png'];
/** For the file picker. */
export const FILE_ACCEPT = [...kinds, '.pdf', '.jpg', '.jpeg', '.png'].join(',');

/** What is wrong with a scan before a byte is sent, in words; empty when nothing is. The server reads the bytes itself. */
export function fileProblem(file: Pick<File, 'name' | 'size' | 'type'> | null | undefined): string {
  if (!file) return t('console.employer.licence.needFile');
  if (file.size === 0) return t('console.employer.licence.emptyFile');
  if (file.size > FILE_LIMIT) return t('console.employer.licence.tooLarge', { size: say.fileSize(file.size) });
  if (!kinds.includes(file.type) && !/\.(pdf|jpe?g|png)$/i.test(file.name)) return t('console.employer.licence.wrongKind');
  return '';
}
