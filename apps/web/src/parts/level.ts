import type { CrowdLevel } from '#libs/contracts';
import type { IconName } from './icons';

/** The icon that belongs to a level: one of its four signals. */
export const levelIcon: Record<CrowdLevel, IconName> = { flow: 'check', busy: 'people', near: 'warning', lock: 'lock' };
