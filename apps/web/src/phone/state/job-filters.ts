import { jobTags, payUnits, type JobQuery, type JobTag, type PayUnit } from '#libs/contracts';
import type { LocationQuery, LocationQueryRaw } from 'vue-router';

/** What a list of jobs is narrowed to; it lies in the address, so that a link and the back button keep it. */
export interface JobFilters { q: string; region: string | null; tag: JobTag | null; unit: PayUnit | null; pay: number | null; fair: string | null }

export const paySteps = [3000, 4000, 5000, 6000, 8000, 10_000] as const;

const one = (value: LocationQuery[string]): string => (Array.isArray(value) ? value[0] : value) ?? '';
const among = <T extends string>(list: readonly T[], value: string): T | null => list.find(each => each === value) ?? null;

/** Reads an address; whatever is not ours is left out, so that no address makes a refused request. */
export function filtersOf(query: LocationQuery): JobFilters {
  const pay = Number(one(query.pay));
  return {
    q: one(query.q).slice(0, 60),
    region: /^\d{6}$/.test(one(query.region)) ? one(query.region) : null,
    tag: among(jobTags, one(query.tag)),
    unit: among(payUnits, one(query.unit)),
    pay: Number.isInteger(pay) && pay > 0 && pay <= 1_000_000 ? pay : null,
    fair: /^[\da-f-]{36}$/i.test(one(query.fair)) ? one(query.fair) : null,
  };
}

/** The address of filters: only what is chosen. */
export function addressOf(filters: JobFilters): LocationQueryRaw {
  return Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== null && value !== '').map(([key, value]) => [key, String(value)]));
}

/** The server's question for filters. */
export const questionOf = ({ q, region, tag, unit, pay, fair }: JobFilters): JobQuery => ({
  ...(q.trim() ? { q: q.trim() } : {}), ...(region ? { regionCode: region } : {}), ...(tag ? { tag } : {}), ...(unit ? { payUnit: unit } : {}),
  ...(pay ? { payAtLeast: pay } : {}), ...(fair ? { fairId: fair } : {}),
});

export const isNarrowed = (filters: JobFilters): boolean => Object.values(filters).some(value => value !== null && value !== '');
