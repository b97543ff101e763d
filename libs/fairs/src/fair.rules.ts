/** The life of a fair, as pure rules: no database, no clock of its own. */
import type { FairChannel, FairStatus } from '#libs/contracts';

/** What may follow each state (issue 3). A fair that ended is archived; a cancelled one stays cancelled. */
const following: Record<FairStatus, readonly FairStatus[]> = {
  draft: ['published', 'cancelled'],
  published: ['open', 'draft', 'cancelled'],
  open: ['closed', 'cancelled'],
  closed: ['archived'],
  archived: [],
  cancelled: [],
};

/** What the rules need to know of a fair. */
export interface FairState { status: FairStatus; isTemplate: boolean; registered: number }

/** What the organiser may do next. Back to draft only while nobody holds a ticket; a template stays a draft. */
export function nextStatuses(fair: FairState): FairStatus[] {
  if (fair.isTemplate) return [];
  return following[fair.status].filter((to) => to !== 'draft' || fair.registered === 0);
}

/** Cancelling needs a reason, because everybody who registered is shown it. */
export const needsReason = (to: FairStatus): boolean => to === 'cancelled';

/** Text, zones, agenda, booths may be changed until the fair is over. */
export const isEditable = (status: FairStatus): boolean => ['draft', 'published', 'open'].includes(status);

/** Employers can apply, candidates can register and leave contacts: it is public and not over. */
export const isRunning = (status: FairStatus): boolean => status === 'published' || status === 'open';

/** What is still missing before publishing. */
export type Gap = { field: 'name' | 'venueName' | 'endsAt' | 'approvedNumber' | 'zones'; letter?: string };

export interface Draft {
  name: string; channel: FairChannel; venueName: string; startsAt: Date; endsAt: Date;
  /** Of the root zone. */
  approvedNumber: number;
  zones: readonly { letter: string; approvedNumber: number }[];
}

/**
 * The gaps of a draft, in the order in which the form shows them. People come to a hall, so a fair with one needs a place
 * and approved numbers (大型群众性活动安全管理条例 7); an online fair has neither. A fair whose end is past is no announcement.
 */
export function gapsOf(draft: Draft, now: Date): Gap[] {
  const gaps: Gap[] = [];
  if (!draft.name.trim()) gaps.push({ field: 'name' });
  if (draft.endsAt <= draft.startsAt || draft.endsAt <= now) gaps.push({ field: 'endsAt' });
  if (draft.channel === 'online') return gaps;
  if (!draft.venueName.trim()) gaps.push({ field: 'venueName' });
  if (draft.approvedNumber <= 0) gaps.push({ field: 'approvedNumber' });
  for (const zone of draft.zones) if (zone.approvedNumber <= 0) gaps.push({ field: 'zones', letter: zone.letter });
  return gaps;
}

/** An instant moved along when a fair moves from `from` to `to`. */
export const moved = (at: Date, from: Date, to: Date): Date => new Date(at.getTime() + to.getTime() - from.getTime());

/** An agenda moved along with the fair's start; what no longer lies within the fair at all is left out. */
export function movedAgenda<T extends { startsAt: Date; endsAt: Date }>(
  sessions: readonly T[], from: { startsAt: Date }, to: { startsAt: Date; endsAt: Date },
): T[] {
  return sessions
    .map((each) => ({ ...each, startsAt: moved(each.startsAt, from.startsAt, to.startsAt), endsAt: moved(each.endsAt, from.startsAt, to.startsAt) }))
    .filter((each) => overlaps(each, to));
}

/** Whether two spans of time share a moment. */
export const overlaps = (a: { startsAt: Date; endsAt: Date }, b: { startsAt: Date; endsAt: Date }): boolean =>
  a.startsAt < b.endsAt && b.startsAt < a.endsAt;
