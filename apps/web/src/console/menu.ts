import type { Role } from '#libs/contracts';
import type { IconName } from '../parts/icons';
import type { WordKey } from '../words';

type NavKey<K = WordKey> = K extends `console.nav.${infer N}` ? N : never;
export interface MenuItem { route: string; word: NavKey; icon: IconName; roles: readonly Role[] }
export interface MenuGroup { word: NavKey; items: readonly MenuItem[] }

const organiser = ['organiserAdmin', 'organiserStaff', 'platformAdmin'] as const;
const employer = ['employerAdmin', 'recruiter'] as const;
const everyone = [...organiser, ...employer] as const;

/** The side bar, grouped by moment. `route` is a name in router.ts; an item whose route does not exist yet is not shown. */
export const menu: readonly MenuGroup[] = [
  { word: 'now', items: [
    { route: 'desk', word: 'desk', icon: 'home', roles: organiser },
    { route: 'zones', word: 'zones', icon: 'gate', roles: organiser },
    { route: 'tickets', word: 'tickets', icon: 'ticket', roles: organiser },
    { route: 'applicants', word: 'applicants', icon: 'file', roles: employer },
    { route: 'leads', word: 'leads', icon: 'people', roles: employer },
    { route: 'patrols', word: 'patrols', icon: 'shield', roles: organiser },
  ] },
  { word: 'online', items: [
    { route: 'live', word: 'live', icon: 'live', roles: everyone },
    { route: 'interviews', word: 'interviews', icon: 'camera', roles: everyone },
    { route: 'reports', word: 'reports', icon: 'flag', roles: organiser },
  ] },
  { word: 'prepare', items: [
    { route: 'fairs', word: 'fairs', icon: 'calendar', roles: everyone },
    { route: 'employers', word: 'employers', icon: 'building', roles: organiser },
    { route: 'booth', word: 'booth', icon: 'map', roles: employer },
    { route: 'jobs', word: 'jobs', icon: 'job', roles: organiser },
    { route: 'myJobs', word: 'myJobs', icon: 'job', roles: employer },
    { route: 'trips', word: 'trips', icon: 'bus', roles: organiser },
  ] },
  { word: 'results', items: [
    { route: 'summaries', word: 'summaries', icon: 'chart', roles: organiser },
    { route: 'cases', word: 'cases', icon: 'people', roles: organiser },
    { route: 'organisation', word: 'organisation', icon: 'shield', roles: employer },
    { route: 'staff', word: 'staff', icon: 'people', roles: ['organiserAdmin', 'employerAdmin', 'platformAdmin'] },
    { route: 'settings', word: 'settings', icon: 'settings', roles: ['organiserAdmin', 'platformAdmin'] },
  ] },
];

/** What waits for a person, by route; pages set it, the side bar shows it. `hot`: somebody is at risk or a deadline runs. */
export interface Waiting { count: number; hot?: boolean }
