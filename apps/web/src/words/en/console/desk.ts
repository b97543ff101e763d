import type { Like } from '../..';
import type zh from '../../zh/console/desk';
import gate from '../gate';

const desk: Like<typeof zh> = {
  tabs: { label: 'On site', desk: 'Live desk', gates: 'Zones and gates', tickets: 'Tickets' },
  gone: 'There is no such fair, or another bureau runs it', switchFair: 'Other fair', wall: 'Open the wall', prepare: 'Prepare this fair',
  start: { title: 'Which fair?', lead: 'The desk, the gates and the tickets belong to one fair.', none: 'No fair yet', noneText: 'Make one and publish it; then you can set up gates and watch the hall.', make: 'Make a fair', now: 'Running', soon: 'Coming', past: 'Over' },
  lead: { starts: 'opens {time}', since: 'open since {time}, {for}', ended: 'ended; planned until {time}' },
  state: { open: 'Entry is open', stopped: 'Entry stopped', locked: 'Locked', notOpen: 'Not open yet', online: 'Running online' },
  waitingPicture: 'Waiting for the hall’s numbers', noPicture: 'The numbers of the hall are not shown',
  strip: {
    inside: 'Inside', of: 'of {approved} approved, {share}', peak: 'peak {n} at {time}', visitors: 'Visitors today', visitorsNote: 'persons, each once; {n} exit | persons, each once; {n} exits', people: '',
    registered: 'Tickets taken', tickets: '', quota: 'of {n}', noQuota: 'no limit', applications: 'Applications', papers: '', leads: 'and {n} booth lead | and {n} booth leads', refused: 'Refused', times: '', refusedMost: 'most: {reason}, {n}', silentMore: 'and {n} more gate | and {n} more gates', refusedNone: 'nobody was refused',
  },
  zones: {
    title: 'Zones', plan: 'Floor plan', insideOf: 'In / limit', state: 'Level', whole: 'Whole hall', more: '{zone}: more', none: 'This fair has no zones', noneText: 'Draw zones with approved numbers to count people by zone.', draw: 'Draw zones',
    online: 'An online fair has no hall', sum: '{zones}{rest} = {total}. At 100% the gate locks: one out, one in.', rest: ' + outside of the zones {n}', early: 'Locked early', stopped: 'Stopped', fullIn: 'Full in about {n} minute at this rate | Full in about {n} minutes at this rate',
  },
  do: { capacity: 'Change limit', lock: 'Lock early', unlock: 'Unlock', override: 'Let in by hand', stop: 'Stop all entry', resume: 'Resume entry', devices: 'Devices', of: '{what}: {zone}' },
  ask: {
    reason: 'Reason', kept: 'Kept with your name', shown: 'Gates and wall show it at once', needReason: 'A reason is required',
    lock: { title: 'Lock {zone} early', text: 'From now on nobody enters {zone}; leaving goes on. Until it is unlocked.', action: 'Lock', done: '{zone} is locked' },
    unlock: { title: 'Unlock {zone}', text: 'People may enter {zone} again; it still locks when it is full.', action: 'Unlock', done: '{zone} is unlocked' },
    stop: { title: 'Stop all entry', text: 'Nobody enters at any gate; everybody can leave. Until entry is resumed.', action: 'Stop all entry', done: 'All entry is stopped' },
    resume: { title: 'Resume entry', text: 'The gates let people in again; they still lock when it is full.', action: 'Resume entry', done: 'Entry is resumed' },
    ready: { fire: 'Fire inspection', crowd: 'Too crowded: ways must be clear', power: 'Power or equipment failed', weather: 'Weather', moving: 'Moving equipment', calm: 'Fewer people now', done: 'Dealt with' },
  },
  capacity: { title: 'Change the limit of {zone}', now: '{inside} inside now, {approved} approved.', number: 'New approved number', hint: 'A number below who is inside locks at once; nobody is sent out.', save: 'Change limit', need: 'A whole number, 0 or more', done: '{zone} is approved for {n}', ready: { fire: 'Approved anew by the fire service', layout: 'Booths were moved' } },
  override: {
    title: 'Let in by hand', text: 'Lets one person in though it is full or locked. The ticket itself must be real and valid.', gate: 'Through which gate', choose: 'Choose a gate', code: 'Ticket number (8 digits) or code', codeHint: 'The number is printed below the code.', needCode: 'Enter the number or the code', reason: 'Reason', go: 'Let in', refused: 'Not let in: {reason}', done: 'Let in; {zone} holds {n} now',
    again: 'Another one', ready: { staff: 'Event staff', medical: 'Unwell, looks for somebody inside', family: 'Accompanying family' },
  },
  risks: {
    title: 'Waiting for you', count: '{n}', none: 'Nothing waits for you', noneText: '80%, 95%, a full zone or a silent gate appear here.',
    lock: '{zone} is full ({n}) and locked', near: '{zone} at {share}', busy: '{zone} at {share}', room: 'room for {n}', full: 'one out, one in', eased: 'down to {share}; ends at {below}%',
    silent: '{gate} is silent', silentText: 'stopped at {time}; its {n} device does not answer | stopped at {time}; none of its {n} devices answers', silentNone: 'stopped at {time}; it has no device in use', locked: '{zone} is locked early', stopped: 'All entry is stopped', overApproved: '{n} over the limit',
  },
  curve: { title: 'Inside over time', peak: 'peak {n} at {time}', missing: 'dashed: {missing}', approved: 'limit {n}', near: '95%', busy: '80%', arrivals: 'in a minute', none: 'Nobody has entered yet', noneText: 'The curve begins with the first scan.', spoken: 'Inside from {from} to {to}: now {now}, peak {peak}' },
  gates: {
    title: 'Gates', devices: '{n} device, {on} online | {n} devices, {on} online', gate: 'Gate', entered: 'In', perMinute: 'A minute', refused: 'Refused', last: 'Last scan', sum: 'Sum', missing: '{gates} missing', missingMany: '{n} gates missing', noDevice: 'no device', noScan: 'no scan yet', none: 'No gates yet', noneText: 'Add a gate, then bind a phone with a pairing code.', add: 'Add a gate', all: 'Manage gates and devices', passages: 'Passages: each way through counts.',
  },
  refusals: { title: 'Why refused', none: 'Nobody was refused', sum: '{n} in all' },
  booths: { title: 'Top {n} booths', booth: 'Booth', employer: 'Employer', applications: 'Applied', leads: 'Leads', none: 'No applications or leads yet', noneText: 'Booths appear here by how many people apply or scan them.' },
  feed: {
    title: 'Live feed', none: 'Nothing has happened yet', entry: '{gate} in', exit: '{gate} out', override: '{gate} let in by hand', refused: '{gate} refused: {reason}', by: '{who}', system: 'system',
    lock: '{subject} locked early', unlock: '{subject} unlocked', stop: 'All entry stopped', resume: 'Entry resumed', capacity: '{subject}', capacityOf: 'Limit {subject}', overrideBy: '{subject} let in by hand', reschedule: 'Moved, {subject}', status: 'Fair is {subject}', correction: 'Corrected by hand: {subject}', sweep: 'Day ended: {subject} counted out',
  },
  gate: {
    title: 'Gates and devices', left: 'Out', heard: 'online', never: 'never heard', noDevice: 'No device stands at this gate yet', pair: 'Pairing code', pairOf: 'Pairing code of {gate}', pairText: 'Scan this with the guard’s phone, or open the scanner page there and read out the eight characters.', pairQr: 'Scan with the guard’s phone',
    left10: 'good for {time}, for one device', expired: 'This code has expired', newCode: 'New code', paired: 'Bound: {gate} can check tickets', another: 'One more device', localhost: 'This computer uses its own address, which phones cannot open. Open the console by its network address (npm start -- --lan).',
    name: 'Name of the gate', nameHint: 'For example: Gate 1, Gate of zone A', needName: 'Give the gate a name', zone: 'Which zone it leads into', zoneHint: 'Whole hall for its doors, a zone for the gates inside.', way: 'Which way', ways: { entry: 'In only', exit: 'Out only', both: 'In and out' }, hint: 'Where refused people go', hintHint: 'Guards see it, for example: service desk 15 m to the left',
    saved: '{gate} is saved', editOf: 'Change {gate}', remove: 'Remove {gate}', removeText: 'A gate with scans cannot be removed; rename it or revoke its devices.', removed: '{gate} is removed',
    revoke: 'Revoke {name}', revokeText: 'This device can check no more tickets. To use it again, pair it anew.', revokeDo: 'Revoke', revoked: '{name} is revoked', ready: { lost: 'Phone was lost', swapped: 'Another phone is used', over: 'Not needed any more' },
    wall: 'Wall screen', wallText: 'Open this address on the wall’s computer and press F11. No sign-in.', wallAddress: 'Address of the wall', online: 'An online fair has no gates', onlineText: 'Gates and scanners belong to fairs with a hall.',
  },
  ticket: {
    title: 'Tickets', passes: 'Issue passes', walkIn: 'Print a walk-in', filter: 'By state', search: 'Find by number', status: { valid: 'Valid', cancelled: 'Cancelled', revoked: 'Revoked' },
    fresh: '{n} ticket changed | {n} tickets changed', show: 'Show', none: 'Nobody has a ticket yet', noneText: 'Once the fair is published, candidates register by phone and appear here.', noneFound: 'Try another number, or look at all.',
    number: 'Number', kind: 'Kind', state: 'State', where: 'Now', inside: 'inside', outside: 'not inside', made: 'Made',
    revoke: 'Revoke {number}', revokeText: 'This ticket opens no gate any more. Who is inside can still leave.', revokeShown: 'Its holder sees this reason', revokeDo: 'Revoke', revoked: '{number} is revoked', ready: { lost: 'Reported lost', misuse: 'Lent to somebody else', order: 'Disturbance' },
    forWhom: 'For whom', size: 'People on one code', sizeHint: 'A bus of 40: one code, let in some at a time, never more than 40.', needSize: 'A number from {least} to {most}', codes: 'How many codes', persons: '{n} people', count: 'How many', countHint: '200 at most. Outside of the registration quota.', needCount: 'A number from 1 to {n}', zones: 'Zones they open', zonesHint: 'None ticked: the whole hall.', make: 'Issue',
    once: '{n} pass, shown only once: print it before you close. | {n} passes, shown only once: print them before you close.', printed: 'Printed, close', qrOf: 'QR code of {number}', opens: 'Opens: {zones}',
  },
  reasons: gate.reasons,
  kinds: gate.kinds,
};
export default desk;
