import type { Like } from '../..';
import type zh from '../../zh/console/common';

const common: Like<typeof zh> = {
  title: 'Fairwind console',
  latin: 'FAIRWIND',
  waiting: '{n} waiting',
  nav: {
    label: 'Console', open: 'Open the menu', close: 'Close the menu', now: 'On site', prepare: 'Prepare', manage: 'Manage',
    desk: 'Live desk', zones: 'Zones and gates', tickets: 'Tickets and devices',
    fairs: 'Fairs', reviews: 'Licence review', employers: 'Employers', organisers: 'Organisers', audit: 'Audit log', account: 'My account',
    organisation: 'Organisation and licences', booth: 'My booths', myJobs: 'My jobs', applicants: 'Applications', leads: 'Booth leads', staff: 'People',
  },
  signIn: {
    title: 'Sign in to the console', lead: 'For bureaus and employers.', name: 'Account', password: 'Password', show: 'Show password', hide: 'Hide password', submit: 'Sign in', busy: 'Signing in…',
    needName: 'Enter your account', needPassword: 'Enter your password', forgot: 'Forgot it? Ask your administrator for a reset link.',
  },
};
export default common;
