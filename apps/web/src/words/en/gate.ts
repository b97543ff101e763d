import type { Like } from '..';
import type zh from '../zh/gate';

const en: Like<typeof zh> = {
  title: 'Fairwind · gate',
  pair: {
    title: 'Which gate is this phone for?', text: 'Ask the duty desk for a pairing code (Zones and gates).', code: 'Pairing code (8 characters)', name: 'Name of this device', nameHint: 'For example: gate 1, Li’s phone', nameless: 'Gate phone', bound: 'This phone is bound to {gate}; binding a new gate ends that.', stay: 'Stay',
    go: 'Bind to this gate', going: 'Binding…', hint: 'A code is good for 10 minutes and one device.', revoked: 'This device was revoked; ask the desk for a new code.', short: 'A pairing code has 8 letters and digits',
  },
  start: { title: 'Start checking tickets', text: 'It needs the camera and sound. A hand-held scanner or typing works too.', go: 'Open the camera and start', noCamera: 'Start without the camera' },
  direction: { label: 'Direction', entry: 'In', exit: 'Out' },
  bar: { online: 'Online', synced: 'synced {age}', offline: 'No network' },
  camera: {
    aim: 'Hold the code inside the frame', denied: 'The camera is not allowed. Allow it in the browser’s settings, or type, or use a scanner.', missing: 'No camera found. Type the number or use a scanner.',
    busy: 'Another app uses the camera; close it and try again.', insecure: 'The camera needs https. Ask the desk to start with --lan, and install the certificate.', retry: 'Open the camera again', open: 'Open the camera', off: 'The camera is off', starting: 'Opening the camera…', torch: 'Light', label: 'Camera picture',
  },
  type: { label: 'Type the number (8 digits)', go: 'Check', asking: 'Checking…', short: 'The number has 8 digits' },
  scanner: 'With a hand-held scanner just point and pull',
  walkIn: { go: 'No phone: print a ticket', title: 'Walk-in', text: 'A paper ticket for somebody without a phone; good at once.', make: 'Make a ticket', making: 'Making…', print: 'Print', another: 'Another one', admit: 'Let them in', note: 'Entry with this code; keep it', number: 'Number',
    persons: 'How many persons', personsNote: 'Adults with their children, together', offline: 'No network: no ticket can be printed. Register and let them in at once; the rest follows by itself.', admitNow: 'Register and let {n} in', cannot: 'This device has no list yet and cannot register without a network.' },
  pending: { title: 'Slow network, still asking', text: 'No answer yet: do not let them in. It asks again by itself.', stop: 'Stop waiting' },
  facts: { previous: 'Entered at', number: 'Number', kind: 'Kind', zones: 'Zones it opens', inside: 'In the zone', passing: 'Now', group: 'Group', lease: 'Places left' },
  kinds: { visitor: 'Visitor', walkIn: 'Walk-in', staff: 'Staff', employer: 'Employer', child: 'Child', group: 'Group' },
  mayEnter: 'May enter: {zone}', left: 'Noted as left',
  fair: { notOpen: 'Not open yet; it begins {time}', over: 'The fair is over', cancelled: 'The fair was cancelled; please tell people', moved: 'Moved to {when}, {place}' },
  offline: 'This device has no list yet and cannot check without a network; ask people to wait, it goes on by itself',
  insideOf: '{n} of {approved} approved',
  override: 'Let in by hand',
  reasons: {
    unreadable: 'This is not a ticket code', forged: 'The ticket is forged', unknownTicket: 'There is no such ticket', wrongFair: 'A ticket of another fair', notYetValid: 'Too early', expired: 'The ticket has expired',
    revoked: 'The ticket was revoked', cancelled: 'The ticket was cancelled', alreadyInside: 'This ticket is inside already', notInside: 'This ticket has not entered', wrongZone: 'The wrong zone', wrongDirection: 'This gate does not go that way',
    zoneFull: 'Full, please wait', zoneLocked: 'Closed for now', fairStopped: 'Entry is stopped', fairNotOpen: 'The fair is not open',
    groupFull: 'That is more than this ticket is for', reEntryRefused: 'No second entry on the same day', noLease: 'No network, and this gate has no places left',
  },
  todo: {
    unreadable: 'Open the ticket on the phone and scan again', forged: 'Take them to the service desk', unknownTicket: 'Look it up at the service desk', wrongFair: 'Change it at the service desk', notYetValid: 'Come back in time', expired: 'Register again at the service desk',
    revoked: 'Take them to the service desk', cancelled: 'They can register again here', alreadyInside: 'Take them to the service desk', notInside: 'Ask at the service desk', wrongZone: 'Show them to the right zone', wrongDirection: 'Use the gate beside it',
    zoneFull: 'One out, one in; please queue beside the gate', zoneLocked: 'Wait here, or see another zone first', fairStopped: 'Wait outside for the announcement', fairNotOpen: 'Wait for the opening',
    groupFull: 'Register the others here', reEntryRefused: 'Ask at the service desk', noLease: 'Use another gate, or wait for the network; the way out is open',
  },
  error: { clock: 'This device’s clock is wrong; switch on automatic time in its settings.' },
  zone: { locked: 'locked early', stopped: 'entry stopped' },
  alone: {
    title: 'No network for {time}: goes on checking', list: 'list of {time} ({age})', places: '{n} more may enter', noPlaces: 'no places, out only', waiting: '{n} to upload', nothingWaits: 'all uploaded',
    sending: 'The network is back, uploading {n}', ready: 'Works without a network: {n} may enter', readyOut: 'Without a network: out only', notReady: 'Fetching the list, stay online', more: 'Records here',
    ahead: 'This device’s clock is {time} fast; switch on automatic time', behind: 'This device’s clock is {time} slow; switch on automatic time', unkept: 'This browser keeps nothing, so it cannot check without a network. Do not use a private window.',
    conflicts: '{n} record disagrees with another gate; the desk has it | {n} records disagree with another gate; the desk has them', notYet: '{n} record is not uploaded yet. Go online first, then change the gate. | {n} records are not uploaded yet. Go online first, then change the gate.',
    endedWaiting: '{n} record of this phone is not uploaded yet. Do not clear the browser; it is sent once it is online. | {n} records of this phone are not uploaded yet. Do not clear the browser; they are sent once it is online.', quarantined: '{n} record from before the end is with the desk for review | {n} records from before the end are with the desk for review',
    elsewhere: 'Another window is the scanner', elsewhereText: 'One phone has one scanner. Close the other window and this one takes over.', notKept: 'This was not noted: do not let them in, scan again. The phone may be full.',
    update: 'A new version is here', updateGo: 'Use it', updating: 'Changing to the new version…',
  },
  group: { title: 'A group’s ticket: how many now?', entry: 'Let {n} in', exit: 'Let {n} out', size: '{n} persons', unknown: 'How many it is for is known with a network', inside: '{n} inside', remaining: '{n} may still come', all: 'All {n}', label: 'Persons', fewer: 'One less', more: 'One more', persons: '{n} person | {n} persons', summary: '{size} persons, {inside} inside' },
  history: {
    title: 'Records here', empty: 'Nothing was scanned with this phone yet', text: 'The last 100. What is not uploaded follows by itself; do not clear the browser.', online: 'online', unanswered: 'no answer', waiting: 'to upload', accepted: 'uploaded', duplicate: 'uploaded',
    conflict: 'disagrees, the desk looks at it', quarantined: 'with the desk for review', refused: 'not taken, show it to the desk', in: 'In', out: 'Out', notIn: 'Not let in', notOut: 'Not let out', walkIn: 'Walk-in',
  },
  signOut: { go: 'Other gate', title: 'Unbind this gate?', text: 'A new pairing code is needed afterwards.', yes: 'Unbind' },
};
export default en;
