import type { Fair, FairStatus } from '#libs/contracts';

/** The server's rules, as far as pages need them to say beforehand what can be done; the server decides. */
export const isEditable = (fair: { status: FairStatus }): boolean => ['draft', 'published', 'open'].includes(fair.status);
/** It is public and not over. */
export const isRunning = (fair: { status: FairStatus }): boolean => fair.status === 'published' || fair.status === 'open';
export const hasHall = (fair: Pick<Fair, 'channel'>): boolean => fair.channel !== 'online';

/** What the clock says should have been done by hand: a fair opens and closes when the organiser says so, never by itself. */
export function lateFor({ status, startsAt, endsAt }: Pick<Fair, 'status' | 'startsAt' | 'endsAt'>, now: number): 'open' | 'close' | null {
  if (status === 'published' && now >= Date.parse(startsAt)) return 'open';
  return status === 'open' && now >= Date.parse(endsAt) ? 'close' : null;
}

/** The step that comes next in the ordinary life of a fair. */
export const forward: Partial<Record<FairStatus, FairStatus>> = { draft: 'published', published: 'open', open: 'closed', closed: 'archived' };
/** The order of that life; a cancelled fair has left it. */
export const life: readonly FairStatus[] = ['draft', 'published', 'open', 'closed', 'archived'];
