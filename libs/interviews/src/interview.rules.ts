import type { InterviewStatus, Language } from '#libs/contracts';

const MINUTE = 60_000;
/** Time can be added from so long before its end, milliseconds. */
export const EXTEND_FROM = 2 * MINUTE;
/**
 * An interview without any media ends so long after an interviewer last wrote or asked to come in, milliseconds: a browser that was
 * killed comes back within it, and who can only write goes on.
 */
export const DESERTED_AFTER = 5 * MINUTE;
/** Nobody ends it by hand: so long after its planned end, milliseconds. */
export const OVERTIME = 30 * MINUTE;

/** When a recruiter may add time, and how much. */
export type Extension =
  | { how: 'granted'; endsAt: Date }
  | { how: 'tooEarly' }
  /** Another booking is next: whole minutes that are left before it. */
  | { how: 'blocked'; at: Date; minutes: number };

/**
 * Minutes more, counted from the planned end, or from now when that has passed.
 * @param nextAt when the recruiter's next booked slot begins; null: there is none
 */
export function extension({ now, endsAt, minutes, nextAt }: { now: Date; endsAt: Date; minutes: number; nextAt: Date | null }): Extension {
  if (now.getTime() < endsAt.getTime() - EXTEND_FROM) return { how: 'tooEarly' };
  const from = Math.max(now.getTime(), endsAt.getTime());
  const until = from + minutes * MINUTE;
  if (nextAt && until > nextAt.getTime()) return { how: 'blocked', at: nextAt, minutes: Math.max(0, Math.floor((nextAt.getTime() - from) / MINUTE)) };
  return { how: 'granted', endsAt: new Date(until) };
}

const words: Record<InterviewStatus, Record<Language, string>> = {
  called: { zh: '已叫号', en: 'called' }, running: { zh: '进行中', en: 'running' }, ended: { zh: '已结束', en: 'ended' },
  missed: { zh: '未到', en: 'missed' }, cancelled: { zh: '已取消', en: 'cancelled' },
};

/** As a person reads it. */
export const statusWord = (status: InterviewStatus, language: Language): string => words[status][language];

/** Somebody may still come in. */
export const isOpen = (status: InterviewStatus): boolean => status === 'called' || status === 'running';
/** The two have met, or do so now. */
export const hasMet = (status: InterviewStatus): boolean => status === 'running' || status === 'ended';
