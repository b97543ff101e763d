import type { Like } from '../..';
import type zh from '../../zh/console/common';

const common: Like<typeof zh> = {
  title: 'Fairwind console',
  latin: '春风',
  waiting: '{n} waiting',
  nav: {
    label: 'Console', open: 'Open the menu', close: 'Close the menu', now: 'On site', prepare: 'Prepare', manage: 'Manage',
    desk: 'Live desk', zones: 'Zones and gates', tickets: 'Tickets',
    fairs: 'Fairs', reviews: 'Licence review', employers: 'Employers', organisers: 'Organisers', audit: 'Audit log', account: 'My account',
    overview: 'Home', organisation: 'Organisation and licences', booth: 'My booths', myJobs: 'My jobs', applicants: 'Applicants', leads: 'Booth leads', staff: 'People', broadcasts: 'Broadcasts', heldWords: 'Held words',
    queue: 'Queue', slots: 'Slots', interviews: 'Interviews', stationPeople: 'Here today', stationRegister: 'Register', stations: 'Stations',
  },
  ask: { back: 'Go back', doing: 'Working…', needReason: 'Write down the reason' },
  leaving: { title: 'Not saved', text: 'Your changes are lost when you leave this page.', leave: 'Leave without saving', stay: 'Stay on this page' },
  list: { more: 'Show more', total: '{n} in all', search: 'Search', none: 'Nothing matches' },
  madeLink: {
    qr: 'QR code of the one-time link', address: 'Link', until: 'Good until {time}, once. It is not shown again; make another if it is lost.', done: 'Done', select: 'This browser does not allow copying; the link is selected, press Ctrl+C.',
  },
  region: { province: 'Province', city: 'City', county: 'County or district' },
  times: { day: 'Day', firstDay: 'First day', lastDay: 'Last day', start: 'From', end: 'Until', many: 'More than one day' },
  fairStatus: { draft: 'Draft', published: 'Published', open: 'Open', closed: 'Closed', archived: 'Archived', cancelled: 'Cancelled' },
  channel: { hall: 'In a hall', online: 'Online', both: 'Hall and online' },
  optional: 'optional', two: '{a}, {b}',
  draftFound: 'What you left unfinished is still here.', draftDrop: 'Start afresh',
  signIn: {
    title: 'Sign in to the console', lead: 'For bureaus and employers.', name: 'Account', password: 'Password', show: 'Show password', hide: 'Hide password', submit: 'Sign in', register: 'New employer? Register your organisation', busy: 'Signing in…',
    needName: 'Enter your account', needPassword: 'Enter your password', forgot: 'Forgot it? Ask your administrator for a reset link.',
  },
};
export default common;
