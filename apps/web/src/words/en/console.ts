import type { Like } from '..';
import type zh from '../zh/console';

const en: Like<typeof zh> = {
  title: 'Fairwind console',
  latin: 'FAIRWIND',
  waiting: '{n} waiting',
  nav: {
    label: 'Console', now: 'On site', online: 'Online', prepare: 'Prepare', results: 'Results',
    desk: 'Live desk', zones: 'Zones and gates', tickets: 'Tickets and devices', patrols: 'Patrols and incidents', live: 'Broadcasts', interviews: 'Interviews', reports: 'Complaints',
    fairs: 'Fairs', employers: 'Employers and booths', jobs: 'Job library', trips: 'Coaches and trains', summaries: 'Reports', cases: 'Case files', settings: 'Settings',
    organisation: 'Organisation and licences', booth: 'My booths', myJobs: 'My jobs', applicants: 'Applications', leads: 'Booth leads', staff: 'People',
  },
  signIn: {
    title: 'Sign in to the console', lead: 'For bureaus and employers.', name: 'Account', password: 'Password', show: 'Show password', hide: 'Hide password', submit: 'Sign in', busy: 'Signing in…',
    needName: 'Enter your account', needPassword: 'Enter your password', forgot: 'Forgot it? Ask your administrator for a reset link.',
  },
};
export default en;
