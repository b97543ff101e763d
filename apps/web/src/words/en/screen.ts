import type { Like } from '..';
import type zh from '../zh/screen';

const en: Like<typeof zh> = {
  title: 'Fairwind · wall',
  choose: { title: 'Choose a fair', text: 'Open this page on the computer of the wall and press F11.', none: 'No fair today', noneText: 'It appears here once it is published or open.', open: 'Open the wall' },
  now: 'Inside',
  approvedThen: 'approved {n}, ', approvedOnly: 'approved {n}', room: 'room for {n}', oneByOne: 'one out, one in', shut: 'no entry now', noEntry: 'No entry', stoppedHere: 'Stopped',
  online: 'Online fair', onlineText: 'No hall: scan and join by phone',
  unzoned: '{n} more outside of the zones',
  approved: 'of',
  totals: { registered: 'Registered', visitors: 'Visitors today', applications: 'Applications', jobs: 'Jobs', booths: 'Booths' },
  units: { people: '', papers: '', jobs: '', booths: '' },
  silent: '{name} stopped at {time}',
  silentMany: '{n} gates silent, first {time}',
  stale: 'Stopped {time}, reconnecting',
  askStaff: 'These numbers stopped at {time}; please follow the staff',
  closed: 'Today’s fair is over',
  notOpen: 'Opens at {time}',
  scan: 'Scan the code at a booth to queue for an interview or leave your number',
  cancelled: 'This fair was cancelled',
  stopped: 'Entry is stopped: {reason}',
  venueFull: 'The hall is full: one out, one in. Please wait outside',
  zoneFull: '{full} is full; see {free} first',
  zoneFullOnly: '{full} is full; please wait',
  zoneLocked: '{full} is closed for now: {reason}',
  zone: 'zone {letter}',
  and: ' and ',
  comma: ', ',
  session: '{time}  {title}',
};
export default en;
