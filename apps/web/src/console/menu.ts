import type { Role } from '#libs/contracts';
import type { IconName } from '../parts/icons';
import type { WordKey } from '../words';

type NavKey<K = WordKey> = K extends `console.nav.${infer N}` ? N : never;
export interface MenuItem { route: string; word: NavKey; icon: IconName; roles: readonly Role[] }
export interface MenuGroup { word: NavKey; items: readonly MenuItem[] }

const organiser = ['organiserAdmin', 'organiserStaff'] as const;
const employer = ['employerAdmin', 'recruiter'] as const;
const reviewers = [...organiser, 'platformAdmin'] as const;

/**
 * The side bar, grouped by moment. `route` is a name of one of routes/*.ts; an item whose route does not exist yet is not shown.
 * Somebody who signs in begins at the first item that their role has.
 */
export const menu: readonly MenuGroup[] = [
  { word: 'now', items: [
    { route: 'desk', word: 'desk', icon: 'home', roles: organiser },
    { route: 'zones', word: 'zones', icon: 'gate', roles: organiser },
    { route: 'tickets', word: 'tickets', icon: 'ticket', roles: organiser },
    { route: 'overview', word: 'overview', icon: 'home', roles: employer },
    { route: 'queue', word: 'queue', icon: 'people', roles: employer },
    { route: 'slots', word: 'slots', icon: 'clock', roles: employer },
    { route: 'interviews', word: 'interviews', icon: 'camera', roles: employer },
    { route: 'applicants', word: 'applicants', icon: 'file', roles: employer },
    { route: 'leads', word: 'leads', icon: 'people', roles: employer },
    { route: 'broadcasts', word: 'broadcasts', icon: 'live', roles: employer },
    { route: 'stationPeople', word: 'stationPeople', icon: 'people', roles: ['stationClerk'] },
    { route: 'stationRegister', word: 'stationRegister', icon: 'plus', roles: ['stationClerk'] },
  ] },
  { word: 'prepare', items: [
    { route: 'fairs', word: 'fairs', icon: 'calendar', roles: organiser },
    { route: 'openFairs', word: 'fairs', icon: 'calendar', roles: employer },
    { route: 'booth', word: 'booth', icon: 'map', roles: employer },
    { route: 'myJobs', word: 'myJobs', icon: 'job', roles: employer },
    { route: 'reviews', word: 'reviews', icon: 'shield', roles: reviewers },
    { route: 'employers', word: 'employers', icon: 'building', roles: reviewers },
    { route: 'stations', word: 'stations', icon: 'home', roles: reviewers },
    { route: 'heldWords', word: 'heldWords', icon: 'message', roles: organiser },
    { route: 'organisers', word: 'organisers', icon: 'home', roles: ['platformAdmin'] },
  ] },
  { word: 'manage', items: [
    { route: 'organisation', word: 'organisation', icon: 'shield', roles: employer },
    { route: 'staff', word: 'staff', icon: 'people', roles: ['organiserAdmin', 'employerAdmin'] },
    { route: 'audit', word: 'audit', icon: 'list', roles: ['organiserAdmin', 'employerAdmin'] },
  ] },
];

/** What waits for a person, by route; pages set it, the side bar shows it. `hot`: somebody is at risk or a deadline runs. */
export interface Waiting { count: number; hot?: boolean }
