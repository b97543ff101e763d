import type { Fair, FairStatus } from '#libs/contracts';

/** The server's rules, as far as pages need them to say beforehand what can be done; the server decides. */
export const isEditable = (fair: { status: FairStatus }): boolean => ['draft', 'published', 'open'].includes(fair.status);
/** It is public and not over. */
export const isRunning = (fair: { status: FairStatus }): boolean => fair.status === 'published' || fair.status === 'open';
export const hasHall = (fair: Pick<Fair, 'channel'>): boolean => fair.channel !== 'online';

/** The step that comes next in the ordinary life of a fair. */
export const forward: Partial<Record<FairStatus, FairStatus>> = { draft: 'published', published: 'open', open: 'closed', closed: 'archived' };
/** The order of that life; a cancelled fair has left it. */
export const life: readonly FairStatus[] = ['draft', 'published', 'open', 'closed', 'archived'];
