import type { Like } from '..';
import type zh from '../zh/common';

const en: Like<typeof zh> = {
  brand: 'Fairwind',
  brandFull: 'Fairwind 春风',
  theme: 'Jobs on the spring wind, help that warms',
  skip: 'Skip to content',
  language: { label: 'Language', zh: '中文', en: 'English' },
  textSize: { larger: 'Larger', normal: 'Smaller', toLarger: 'Larger text', toNormal: 'Smaller text' },
  do: {
    back: 'Back', close: 'Close', retry: 'Try again', reload: 'Reload', ok: 'OK', cancel: 'Cancel', confirm: 'Confirm', save: 'Save',
    saving: 'Saving…', edit: 'Edit', remove: 'Remove', search: 'Search', more: 'More', all: 'All', next: 'Next', previous: 'Back',
    share: 'Share', copy: 'Copy', copied: 'Copied', download: 'Download', print: 'Print', signIn: 'Sign in', signOut: 'Sign out', send: 'Send',
    home: 'Home', undo: 'Undo', upload: 'Upload',
  },
  crowd: {
    flow: 'Roomy', busy: 'Busy', near: 'Nearly full', lock: 'Locked',
    inside: 'Inside', approved: 'Limit', people: '', peopleThen: '', mostly: 'of {n} at most', remaining: '{n} more may enter',
    none: 'Full: one in as one leaves', hundred: '100% locks',
    spoken: '{name}: {inside} people, limit {approved}, {level}',
  },
  age: { stopped: 'stopped at {time}', sourceStopped: '{name} stopped at {time}', never: 'no number yet' },
  offline: {
    title: 'No connection for {time}', numbers: 'Numbers are from {time}; reconnecting',
    work: 'What you opened before still works; the rest is sent once you are online', noNetwork: 'The phone is offline',
  },
  loading: { slow: 'Slow network: opening the light version', long: 'This takes too long; the network may be down', label: 'Opening' },
  error: {
    title: 'This did not open', safe: 'What you filled in is kept. ', number: 'Number {id}', offline: 'There is no network. Connect and try again.',
    notKept: 'This page is not kept on the phone. Connect and open it again.', timeout: 'No answer in time. Please try again.', unreadable: 'The server’s answer could not be read. Try again later.', whoCan: 'Ask {who}',
  },
  empty: { title: 'Nothing here yet' },
  notFound: { title: 'There is no such page', text: 'The link may be wrong, or the content was taken down.' },
  job: {
    verified: 'Verified', left: '{n} place left | {n} places left', wanted: '{n} wanted', full: 'All places taken', negotiable: 'Pay by agreement',
    median: 'half earn over {n} CNY',
    tags: {
      urgent: 'Urgent', community: 'Community', caring: 'Caring job', disabilityQuota: 'Disability quota', publicWelfare: 'Public welfare',
      temporaryWelfare: 'Temporary welfare', gig: 'Day work', nearby: 'Near home', noExperience: 'No experience', housing: 'Board & lodging',
    },
  },
  verdict: {
    in: 'Enter', out: 'Leave', notIn: 'Stop', notOut: 'Stop', clears: 'Next scan in {n} s, no tap needed', next: 'Scan next', call: 'Call staff', offline: 'Offline check',
  },
  plan: {
    label: 'Floor plan', zoomIn: 'Zoom in', zoomOut: 'Zoom out', whole: 'Whole plan', booth: 'Booth {code}', zone: 'Zone {code} {name}',
    free: 'free', hint: 'Arrow keys choose a booth; Enter lifts it, arrows move it, Enter drops it, Esc puts it back.',
    lifted: '{code} lifted', moved: '{code} at {x} across, {y} down', dropped: '{code} dropped', putBack: '{code} put back', blocked: '{code} overlaps {other}; choose another place', snapped: '{code} went back: {other} stands there.', pin: 'the booth you look for',
  },
  qr: { label: 'QR code', failed: 'The code cannot be drawn; use the number below' },
  complaint: { fee: 'Money, deposits, ID cards', pay: 'Pay differs from the card', fraud: 'False job, fraud', discrimination: 'Discrimination', abuse: 'Insults, indecency', other: 'Something else' },
  net: { best: 'very good', good: 'good', fair: 'fair', weak: 'weak' },
  role: {
    candidate: 'Candidate', recruiter: 'Recruiter', employerAdmin: 'Employer admin', organiserStaff: 'Staff', organiserAdmin: 'Organiser admin', stationClerk: 'Station clerk',
    platformAdmin: 'Platform admin',
  },
};
export default en;
