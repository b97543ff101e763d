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
  walkIn: { go: 'No phone: print a ticket', title: 'Walk-in', text: 'A paper ticket for somebody without a phone; good at once.', make: 'Make a ticket', making: 'Making…', print: 'Print', another: 'Another one', admit: 'Let them in', note: 'Entry with this code; keep it', number: 'Number' },
  pending: { title: 'Slow network, still asking', text: 'No answer yet: do not let them in. It asks again by itself.', stop: 'Stop waiting' },
  facts: { previous: 'Entered at', number: 'Number', kind: 'Kind', zones: 'Zones it opens', inside: 'In the zone' },
  kinds: { visitor: 'Visitor', walkIn: 'Walk-in', staff: 'Staff', employer: 'Employer', child: 'Child', group: 'Group' },
  mayEnter: 'May enter: {zone}', left: 'Noted as left',
  fair: { notOpen: 'Not open yet; it begins {time}', over: 'The fair is over', cancelled: 'The fair was cancelled; please tell people', moved: 'Moved to {when}, {place}' },
  offline: 'Tickets cannot be checked now; ask people to wait, it goes on by itself',
  insideOf: '{n} of {approved} approved',
  override: 'Let in by hand',
  reasons: {
    unreadable: 'This is not a ticket code', forged: 'The ticket is forged', unknownTicket: 'There is no such ticket', wrongFair: 'A ticket of another fair', notYetValid: 'Too early', expired: 'The ticket has expired',
    revoked: 'The ticket was revoked', cancelled: 'The ticket was cancelled', alreadyInside: 'This ticket is inside already', notInside: 'This ticket has not entered', wrongZone: 'The wrong zone', wrongDirection: 'This gate does not go that way',
    zoneFull: 'Full, please wait', zoneLocked: 'Closed for now', fairStopped: 'Entry is stopped', fairNotOpen: 'The fair is not open',
    groupFull: 'So many are not on this ticket', reEntryRefused: 'Nobody may come in twice here', noLease: 'No network, and this gate has no places left',
  },
  todo: {
    unreadable: 'Open the ticket on the phone and scan again', forged: 'Take them to the service desk', unknownTicket: 'Look it up at the service desk', wrongFair: 'Change it at the service desk', notYetValid: 'Come back in time', expired: 'Register again at the service desk',
    revoked: 'Take them to the service desk', cancelled: 'They can register again here', alreadyInside: 'Take them to the service desk', notInside: 'Ask at the service desk', wrongZone: 'Show them to the right zone', wrongDirection: 'Use the gate beside it',
    zoneFull: 'One out, one in; please queue beside the gate', zoneLocked: 'Wait here, or see another zone first', fairStopped: 'Wait outside for the announcement', fairNotOpen: 'Wait for the opening',
    groupFull: 'Register the others here', reEntryRefused: 'Ask at the service desk', noLease: 'Use another gate, or wait for the network; the way out is open',
  },
  error: { clock: 'This device’s clock is wrong; switch on automatic time in its settings.' },
  zone: { locked: 'locked early', stopped: 'entry stopped' },
  signOut: { go: 'Other gate', title: 'Unbind this gate?', text: 'A new pairing code is needed afterwards.', yes: 'Unbind' },
};
export default en;
