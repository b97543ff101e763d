/** What a posting must say and may promise, as pure rules. */
import type { JobInput, Language, PayUnit } from '#libs/contracts';
import type { FieldRefusal } from '#libs/platform';

/** What the law wants in a posting (人力资源市场暂行条例 24; 网络招聘服务管理规定 15 for the validity). */
export type Gap = 'title' | 'headCount' | 'conditions' | 'content' | 'place' | 'pay' | 'payTerms' | 'validUntil';

/** What is missing before publishing, in the order of the form. `today`: a day in China. */
export function gapsOf(job: JobInput, today: string): Gap[] {
  const gaps: Gap[] = [];
  if (!job.title) gaps.push('title');
  if (job.headCount < 1) gaps.push('headCount');
  if (!job.conditions) gaps.push('conditions');
  if (!job.content) gaps.push('content');
  if (!job.place) gaps.push('place');
  if (job.payMin < 1 || job.payMax < 1) gaps.push('pay');
  if (!job.payTerms) gaps.push('payTerms');
  if (job.validUntil < today) gaps.push('validUntil');
  return gaps;
}

const words: Record<Gap, Record<Language, string>> = {
  title: { zh: '岗位名称', en: 'the title' },
  headCount: { zh: '招聘人数', en: 'the head-count' },
  conditions: { zh: '招聘条件', en: 'the conditions' },
  content: { zh: '工作内容', en: 'the content of the work' },
  place: { zh: '工作地点', en: 'the place of work' },
  pay: { zh: '基本劳动报酬', en: 'the pay' },
  payTerms: { zh: '工资怎么算', en: 'how the pay is made up' },
  validUntil: { zh: '还没到期的有效期', en: 'a validity that is not past' },
};

export const gapWords = (gaps: readonly Gap[], language: Language): string => gaps.map((gap) => words[gap][language]).join(language === 'zh' ? '、' : ', ');

/**
 * A range wider than this tells a candidate nothing; 61.9 % of those asked fear exaggerated pay (domain: what hurts people
 * today, 14). Twice the low end still holds 底薪 + 计件 with its good months.
 */
export const widestPay = 2;

/** What is wrong with a pay range. Zero means: not said yet. */
export function payProblems({ payMin, payMax }: Pick<JobInput, 'payMin' | 'payMax'>): FieldRefusal[] {
  if (payMin === 0 || payMax === 0) return [];
  if (payMax < payMin) return [{ field: 'payMax', zh: `高的写后面：${payMax}–${payMin}。`, en: `The higher one comes second: ${payMax}–${payMin}.` }];
  if (payMax <= payMin * widestPay) return [];
  return [{
    field: 'payMax',
    zh: `最高不能超过最低的 ${widestPay} 倍（最多写 ${payMin * widestPay}）。差得多就分成两个岗位，提成怎么算写在“工资怎么算”里。`,
    en: `At most ${widestPay} times the low end (${payMin * widestPay}). Make two jobs of it, or say in “pay terms” how the rest is earned.`,
  }];
}

/** Paid days a month (劳社部发〔2008〕3号) and hours a day: how day and hour pay compare with a month's. Piece pay does not. */
const monthly: Record<PayUnit, number | null> = { month: 1, day: 21.75, hour: 21.75 * 8, piece: null };

/** How many of a unit make a month, or null when it cannot be said. */
export const unitsAMonth = (unit: PayUnit): number | null => monthly[unit];
