import type { Job, JobInput, JobTag, PayUnit } from '#libs/contracts';
import { say, t } from '../../../../words';
import { later } from '../../../state/china-time';
import { today } from './licence';

/** The form of a job: numbers as they are typed, empty for “not yet”. */
export interface JobForm {
  title: string; headCount: string; conditions: string; content: string; place: string; regionCode: string;
  payMin: string; payMax: string; payUnit: PayUnit; payTerms: string; validUntil: string; tags: JobTag[];
}
export const jobFields = ['title', 'headCount', 'conditions', 'content', 'place', 'regionCode', 'payMin', 'payMax', 'payUnit', 'payTerms', 'validUntil', 'tags'] as const satisfies (keyof JobForm)[];

/** An empty form: in the employer's own region, good for a month. */
export const emptyJob = (regionCode: string): JobForm => ({
  title: '', headCount: '', conditions: '', content: '', place: '', regionCode, payMin: '', payMax: '', payUnit: 'month', payTerms: '', validUntil: later(today(), 30), tags: [],
});

const shown = (number: number) => (number ? String(number) : '');
export function formOf(job: Job): JobForm {
  const { title, conditions, content, place, regionCode, payUnit, payTerms, validUntil, tags } = job;
  return { title, conditions, content, place, regionCode, payUnit, payTerms, validUntil, tags: [...tags], headCount: shown(job.headCount), payMin: shown(job.payMin), payMax: shown(job.payMax) };
}

/** 5,500 and full-width digits are numbers too; NaN for what is none, 0 for nothing. */
export const numberOf = (typed: string): number => {
  const plain = typed.normalize('NFKC').replace(/[,\s]/g, '');
  return plain === '' ? 0 : /^\d+$/.test(plain) ? Number(plain) : NaN;
};

export function inputOf(form: JobForm): JobInput {
  return { ...form, title: form.title.trim(), place: form.place.trim(), tags: [...form.tags], headCount: numberOf(form.headCount), payMin: numberOf(form.payMin), payMax: numberOf(form.payMax) };
}

/** What can be said of the numbers while one types, by field. */
export function numberProblems(form: JobForm): Partial<Record<'headCount' | 'payMin' | 'payMax', string>> {
  const [low, high] = [numberOf(form.payMin), numberOf(form.payMax)];
  const whole = (typed: string) => (Number.isNaN(numberOf(typed)) ? t('console.employer.job.wholeNumber') : '');
  return {
    headCount: whole(form.headCount), payMin: whole(form.payMin),
    // Half a number is lower than the low end too: said only once the high end has as many digits.
    payMax: whole(form.payMax) || (low && high && high < low && form.payMax.trim().length >= form.payMin.trim().length ? t('console.employer.job.payReversed', { range: say.payRange(low, high) }) : ''),
  };
}
