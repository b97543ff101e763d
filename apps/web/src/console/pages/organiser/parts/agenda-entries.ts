import type { AgendaSession, AgendaSessionInput, Fair } from '#libs/contracts';
import { t } from '../../../../words';
import { clockOf, dayOf, instant, later } from '../../../state/china-time';
import { merged } from '../../../state/merging';

/** A session of the agenda as it is edited: a day and two clocks in China's time. */
export interface SessionEntry { key: string; title: string; speaker: string; place: string; day: string; start: string; end: string }
let made = 0;

export const entriesOf = (sessions: readonly AgendaSession[]): SessionEntry[] => sessions.map(({ id, title, speaker, place, startsAt, endsAt }) =>
  ({ key: id, title, speaker, place, day: dayOf(startsAt), start: clockOf(startsAt), end: clockOf(endsAt) }));

/** The days that the fair goes on. */
export function daysOf(fair: Fair): string[] {
  const [first, last] = [dayOf(fair.startsAt), dayOf(fair.endsAt)];
  const days = [first];
  while (days[days.length - 1] < last && days.length < 60) days.push(later(days[days.length - 1], 1));
  return days;
}

/** A new session right after the last one, half an hour long. */
export function newSession(sessions: readonly SessionEntry[], fair: Fair): SessionEntry {
  const last = sessions[sessions.length - 1];
  const start = last ? last.end : clockOf(fair.startsAt);
  const [hour, minute] = start.split(':').map(Number);
  const total = Math.min(hour * 60 + minute + 30, 23 * 60 + 59);
  const end = `${String(Math.floor(total / 60)).padStart(2, '0')}:${String(total % 60).padStart(2, '0')}`;
  return { key: `new-${++made}`, title: '', speaker: '', place: last?.place ?? '', day: last?.day ?? dayOf(fair.startsAt), start, end };
}

export const inputsOf = (sessions: readonly SessionEntry[]): AgendaSessionInput[] => sessions.map(({ title, speaker, place, day, start, end }) =>
  ({ title: title.trim(), speaker: speaker.trim(), place: place.trim(), startsAt: instant(day, start), endsAt: instant(day, end) }));

/** What is wrong before the server is asked, under the paths that it would use. */
export function sessionProblems(sessions: readonly SessionEntry[]): Record<string, string> {
  const found: Record<string, string> = {};
  inputsOf(sessions).forEach((session, n) => {
    if (!session.title) found[`sessions.${n}.title`] = t('console.organiser.agenda.needTitle');
    if (!session.startsAt) found[`sessions.${n}.startsAt`] = t('console.organiser.form.needTime');
    if (!session.endsAt) found[`sessions.${n}.endsAt`] = t('console.organiser.form.needTime');
    else if (session.startsAt && session.endsAt <= session.startsAt) found[`sessions.${n}.endsAt`] = t('console.organiser.form.endFirst');
  });
  return found;
}
/** It lies outside of the fair's own hours: allowed, but said. */
export const isOutside = (session: SessionEntry, fair: Fair): boolean => {
  const [from, to] = [instant(session.day, session.start), instant(session.day, session.end)];
  return (from !== '' && from < fair.startsAt) || (to !== '' && to > fair.endsAt);
};
export const byTime = (a: SessionEntry, b: SessionEntry): number => `${a.day}${a.start}`.localeCompare(`${b.day}${b.start}`);

export const sameSessions = (one: readonly SessionEntry[], other: readonly SessionEntry[]): boolean => JSON.stringify(inputsOf(one)) === JSON.stringify(inputsOf(other));
/** What is typed, over sessions that somebody else has changed meanwhile, in the order of time. */
export const mergedSessions = (before: readonly SessionEntry[], typed: readonly SessionEntry[], now: readonly SessionEntry[]): SessionEntry[] =>
  merged(before, typed, now, one => JSON.stringify(inputsOf([one]))).sort(byTime);
