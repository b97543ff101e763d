import type { Like } from '../..';
import type zh from '../../zh/console/organiser';

const organiser: Like<typeof zh> = {
  tabs: { label: 'This fair', fair: 'Overview', fairEdit: 'Texts', fairZones: 'Zones', fairAgenda: 'Agenda', fairPlan: 'Floor plan', fairApplications: 'Booth applications', fairShare: 'Share' },
  fairs: {
    waits: '{n} booth application | {n} booth applications', filter: 'By status', search: 'Name or venue', name: 'Fair', when: 'When', where: 'Where', booths: 'Booths', jobs: 'Jobs', status: 'Status', templates: 'Templates', template: 'Template',
    templateText: 'A template is never published; a fair made after it takes its zones, gates and agenda.', use: 'Make a fair of it', noVenue: 'Venue not set',
    empty: 'No fairs yet', emptyText: 'Begin with a template: community, business park, night market and station are ready.', noneText: 'Try another status or fewer letters.',
  },
  starts: { blank: 'Begin with a blank form', blankText: 'Name, time and place by yourself', templates: 'After a template', before: 'After an earlier fair' },
  form: {
    new: 'New fair', create: 'Create, then zones', createNext: 'Kept as a draft; nobody sees it before it is published.',
    name: 'Name', nameHint: 'The title that candidates see', needName: 'Enter the name', channel: 'How', when: 'When', zoneHint: 'In China’s time',
    region: 'Region', regionHint: 'Where it takes place; candidates search by region', needRegion: 'Choose the region', venue: 'Venue', venueFixed: 'It is published; to move it use “Reschedule”.', address: 'Address',
    approved: 'Approved number of the venue', approvedHint: 'Most people inside at once, as the permit says. Gates lock at it; it can be entered later.', people: '',
    quota: 'Registration quota', quotaHint: 'How many tickets at most; empty: no limit', quotaSome: '{n} have registered; it cannot be less', campaign: 'Campaign mark', campaignHint: 'The mark that the notice asks for',
    theme: 'Theme', themeHint: 'The campaign’s motto', description: 'Description', descriptionHint: 'Which jobs, which papers to bring, how to get there',
    needNumber: 'Enter a whole number', needTime: 'Enter the time', endFirst: 'The end must be after the start',
  },
  clone: {
    after: 'After “{name}”.', copied: 'It takes along: {zones} zones, {approved} approved, {sessions} sessions, and the gates. Booths, employers, registrations and tickets stay behind.',
    make: 'Create', makeTemplate: 'Keep as a template', asTemplate: 'Only keep it as a template', again: 'Make another like it',
  },
  early: 'It is early: the fair begins on {time}.', stillInside: '{n} still inside. After ending, people go out and are counted as before.', gone: 'There is no such fair', over: 'This fair is over; it can no longer be changed.', saved: 'Saved', unsaved: 'Not saved yet', merged: 'Somebody has just changed this: the newest is shown with what you typed. Look it over before you save.', facts: 'Facts', reason: 'Reason', reasonShown: 'People who registered see this sentence',
  cancelled: 'This fair was cancelled: {reason}',
  figures: { registered: 'Registered', ofQuota: 'of {n}' },
  late: {
    open: 'It was to begin {time}, and nobody has opened it: gates and online are still shut.', openDo: 'Open it', openShort: 'Not opened yet',
    close: 'It was to end {time}, and nobody has closed it: gates and online are still open.', closeDo: 'Close it', closeShort: 'Not closed yet',
  },
  step: {
    published: { title: 'Publish this fair', text: 'Candidates can then register and employers can apply for booths. Later changes of time or place go by “Reschedule”, which tells those who registered.', action: 'Publish', done: 'Published' },
    open: { title: 'Open the fair', text: 'The gates let people in from now on.', action: 'Open', done: 'Open' },
    closed: { title: 'Close this fair', text: 'The gates let nobody more in, and employers take no more applications.', action: 'Close', done: 'Closed' },
    archived: { title: 'Archive', text: 'It can then only be looked at.', action: 'Archive', done: 'Archived' },
    withdraw: { title: 'Back to a draft', text: 'Nobody sees it any more. Nobody has registered, so this can be done.', action: 'Back to a draft', done: 'It is a draft again' },
    cancel: { title: 'Cancel this fair', text: 'This cannot be undone; people who registered see the reason at once. To change only the time, use “Reschedule”.', action: 'Cancel the fair', done: 'Cancelled' },
  },
  ready: {
    weather: 'Because of the weather', rain: 'Rainstorm warning', typhoon: 'Typhoon warning', snow: 'Snow and ice', venue: 'The venue cannot be used', permit: 'As the safety permit says', typo: 'It was mistyped',
    full: 'All booths are taken', licence: 'The licence is not verified', unfit: 'Does not fit the theme', unclear: 'The picture is unreadable; take it again', mismatch: 'Name or number differ from what was entered', expired: 'The licence has expired', wrongPaper: 'This is not the right paper',
    fees: 'Charges candidates', fake: 'Job facts are untrue', mended: 'The problem is mended',
  },
  list: {
    title: 'What a fair needs', texts: 'Mark and text', venue: 'Venue', approved: 'Approved', zones: 'Zones', gates: 'Gates', agenda: 'Agenda', booths: 'Booths', applications: 'Applications',
    noVenue: 'Needed before publishing', noApproved: 'Needed before publishing', people: '{n} people', bareZones: 'Zones {letters} have no approved number', noZones: 'A fair can do without',
    written: 'Written', noTexts: 'Not complete', sessions: '{n} session | {n} sessions', noAgenda: 'None yet', noBooths: 'None yet', noGates: 'Gates are needed to count people', waiting: '{n} waiting', noneWaiting: 'None waiting', count: '{n}',
  },
  move: {
    title: 'Reschedule', seen: 'What people will see', notice: 'Time or place has changed', nothing: 'Nothing changed yet', send: 'Change and tell', done: 'Changed; people who registered see it now', history: 'Changes', needVenue: 'Enter the venue',
    tickets: '{n} tickets show the new time at once; none has to be fetched again', employers: '{n} employers with a booth', gates: 'The gates’ scanners check by the new time', agenda: '{n} sessions move along', closes: 'It is open now; moved to later it is “published” again and the gates let nobody in',
    draft: 'A draft that nobody has seen: just change it.', draftReason: 'Change of a draft',
  },
  zones: {
    venue: 'Approved, whole venue', sum: 'Sum of {n} zones', noVenue: 'Enter the venue’s approved number first', over: '{n} more than the venue: allowed, but the venue locks at its own number.', equal: 'Just the venue’s number', under: '{n} less than the venue; they may be in the common area', setVenue: 'Change the venue’s number', logged: 'It goes into the audit log',
    none: 'No zones. A small fair can do without.', add: 'Add a zone', one: 'Zone {letter}', letter: 'Letter', name: 'Name', approved: 'Approved', locked: 'Open: change it on the live desk', across: 'Width (m)', down: 'Depth (m)',
    plan: 'Where the zones lie', keys: 'Arrow keys choose a zone; Enter lifts it, arrows move it, Enter drops it, Esc puts it back.', planHint: 'The hall is {width} m × {height} m; drag the zones to where they are.', onlineOnly: 'An online fair needs neither zones nor approved numbers.',
    needLetter: 'One or two letters', needName: 'Enter the name', overVenue: 'At most the venue’s {n}', needSize: 'Metres, such as 30',
  },
  agenda: {
    empty: 'No agenda yet', emptyText: 'Company talks, policy, skills: with times, candidates can plan.', one: 'Session {n}', title: 'What', speaker: 'Who', place: 'Where', add: 'Add a session', needTitle: 'Enter what it is', outside: 'Outside of the fair’s hours',
  },
  plan: {
    noZones: 'First the zones, then the booths', noZonesText: 'Booths lie in a zone and take its letter.', count: '{n} booth | {n} booths', free: '{n} free', waiting: '{n} employers wait for a booth', search: 'Booth or employer', choose: 'Choose a booth to see who stands there, to number it, to give it away.',
    give: 'Give it to', whom: 'An employer that was approved', place: 'Place here', placed: 'Placed at {number}', needOrganisation: 'Choose an employer', freeNone: 'A free booth. Employers whose application was approved can be placed here.', jobs: '{n} job at the fair | {n} jobs at the fair',
    freeDo: 'Make it free', freeTitle: 'Make {number} free', freeText: '{name} stands here no more and can be placed elsewhere.', change: 'Number and place', number: 'Booth number', x: 'From the left (m)', y: 'From the top (m)', needNumber: 'Enter the number', remove: 'Remove the booth', removeTitle: 'Remove booth {number}', removed: '{number} was removed',
    layOut: 'Lay out booths', zone: 'In which zone', standing: '{n} there already', more: 'How many more', layOutDo: 'Lay out', laidOut: '{n} booths laid out', needCount: '1 to 500', single: 'Add one, number', add: 'Add',
  },
  applications: {
    filter: 'By result', status: { pending: 'Waiting', approved: 'Approved', rejected: 'Rejected', withdrawn: 'Withdrawn' }, who: 'Employer', wish: 'Wish', licence: 'Licence', when: 'Applied', result: 'Decision', contact: 'Contact: {name}',
    licences: { approved: 'Verified', pending: 'Not reviewed', missing: 'No licence', expired: 'Expired' }, toReview: 'Review it', why: { missing: 'Needs a verified licence first', pending: 'Its licence must be reviewed first', expired: 'Needs a new licence first' },
    approve: 'Approve', approvePlace: 'Approve and place', reject: 'Reject', approveTitle: 'Approve {name}', booth: 'At which booth', later: 'Approve now, place later', noFree: 'No free booth; lay some out on the floor plan', wishes: 'Their wish: {wish}', approvedDone: '{name} was approved', toPlace: 'Place them',
    rejectTitle: 'Reject {name}', rejectText: 'They see the reason and can apply again.', noneWaiting: 'No application waits', noneText: 'New ones appear here at once.',
  },
  share: {
    page: 'Page of the fair', wall: 'Wall screen', gate: 'Gate scanner', print: 'Print the poster', open: 'Look at it', poster: 'Poster', qr: 'QR code of the fair’s page', scan: 'Scan for jobs and a ticket', scanFor: 'Opens in WeChat and in browsers',
    draft: 'It is not published; nobody else can open this address.', over: 'Registration is over; do not put up the poster any more.', local: 'The address in use opens on this computer only. Enter the console by one that others can open, then print.',
  },
  reviews: {
    lead: 'Verified employers can publish jobs and take booths', filter: 'By result', status: { pending: 'Waiting', approved: 'Approved', rejected: 'Rejected' }, none: 'No licence waits', noneText: 'New ones appear here at once.', who: 'Employer', number: 'Licence', until: 'Valid until', sent: 'Uploaded', decided: 'Reviewed',
    expired: 'Expired', review: 'Review', look: 'View', scanOf: 'Licence of {name}', pdf: 'A PDF file; it opens in a new window', open: 'Open', turn: 'Turn', larger: 'Larger', smaller: 'Smaller', compare: 'Compare: do the name, the number and the last day agree with the picture?', why: 'Why not', whyHint: 'The employer sees this sentence',
    approve: 'Approve', reject: 'Reject', approved: '{name} is verified', rejected: '{name} was rejected; they see the reason',
  },
  partner: {
    lead: 'Employers of this province', search: 'Name or credit code', name: 'Name', creditCode: 'Credit code', department: 'Department', licence: 'Licence', since: 'Registered', status: 'Status', verifiedUntil: 'Verified until {day}', unverified: 'Not verified', suspended: 'Suspended', active: 'Active', none: 'No employers yet', noneText: 'Employers who register appear here.', needName: 'Enter the name, two characters at least',
    facts: 'Registered facts', licences: 'Licences', noLicence: 'None uploaded yet', verifiedBy: 'Verified by', whoCan: 'To suspend it, ask your administrator.', stop: 'Suspend', resume: 'Resume', stopTitle: 'Suspend {name}', stopText: 'Its jobs are no longer shown; it can neither publish nor apply for booths.', resumeTitle: 'Resume {name}', resumeText: 'It can publish and apply again.', suspendedText: 'This organisation is suspended: it can neither publish jobs nor apply for booths.',
  },
  bureaus: { lead: 'Departments that hold fairs', new: 'Add an organiser', nameHint: 'Such as a city’s human resources bureau', regionHint: 'The region that it serves; licences are reviewed by province', create: 'Add and invite', none: 'No organisers yet', noneText: 'Add a bureau, then send the link to its administrator.', invited: '{name} was added', invitedText: 'Send this link to its first administrator, who sets an account and a password.' },
};
export default organiser;
