import type { Like } from '../..';
import type zh from '../../zh/console/gate-work';

const gateWork: Like<typeof zh> = {
  tab: 'Offline', open: 'Offline, conflicts, corrections', text: 'How gates without a network let people in, which records do not agree, and where a number is set right by hand.',
  conflicts: {
    title: 'Records that do not agree', none: 'All records agree', most: 'These are the newest {n}; decide some to see the ones behind them.', all: 'Show decided ones', persons: '{n} person | {n} people', held: 'keeps {n} place | keeps {n} places', offline: 'without network', at: '{gate}, {device}, {time}', other: 'The other: ', decide: 'Decide',
    kinds: { twice: 'One ticket came in twice', notValid: 'The ticket was not good; the gate could not know', wrongZone: 'The wrong zone', locked: 'Let in while locked, stopped or not open', noPlace: 'Let in without a place' },
    decisions: { samePerson: 'The same person', anotherPerson: 'Another person, counted', noted: 'Noted', explained: 'Explained by a later exit', swept: 'The day was ended' },
    samePerson: { title: 'The same person?', text: 'One person is counted, the other place is free again. Both records stay.', do: 'Same person' },
    anotherPerson: { title: 'Is another person inside?', text: '{n} more is counted. They cannot leave with this ticket: take them off by hand then. | {n} more are counted. They cannot leave with this ticket: take them off by hand then.', do: 'Another person' },
    noted: { title: 'Only note it?', text: 'The numbers stay, the records too.', do: 'Note' },
  },
  leases: {
    title: 'Offline places', none: 'No gate holds places', lead: 'A gate without a network lets in as many as it holds; they count against the limit.', gate: 'Gate', state: 'State', places: 'Places', used: 'Used', held: 'Still held', until: 'until', recall: 'Call back', recalled: 'asked to give back', settle: 'Settle',
    status: { outstanding: 'in use', reported: 'waiting for its upload', presumed: 'silent: counted as used', settled: 'settled' },
    settleTitle: 'Settle the places of {gate}', settleText: '{held} are held. How many people did come in? The other places are free at once.', persons: 'Came in', asked: '{gate} is asked to give back', settled: '{gate} is settled',
  },
  quarantine: { title: 'Uploads of revoked devices', none: 'None', lead: 'What came after a device was revoked is kept apart until somebody has looked.', accept: 'Count', reject: 'Do not count', count: '{n} record | {n} records', chosen: '{n} of {all} chosen', from: 'From', until: 'Until', records: 'Records of {gate}', noNumber: 'no number', entry: '{n} in', exit: '{n} out', refused: 'refused', acceptTitle: 'Count {n} record? | Count these {n}?', rejectTitle: 'Leave {n} record out? | Leave these {n} out?', accepted: 'counted', rejected: 'left out', decided: '{n} record decided | {n} records decided' },
  corrections: { title: 'Correct a number by hand', none: 'Nothing was corrected', zone: 'Zone', change: 'People more or fewer', changeHint: 'Fewer: a negative number, such as -2.', code: 'Ticket number (optional)', codeHint: 'Only this ticket’s own presence.', go: 'Correct', done: '{n} person in {zone} now | {n} people in {zone} now', need: 'A whole number that is not 0', needZone: 'Choose a zone', ticket: 'ticket {code}', system: 'system' },
  sweep: { title: 'End the day', text: 'Everybody who is still counted is recorded as out, and what silent gates hold is settled. It is done each night at 3.', do: 'End the day now', ask: 'End the day now?', askText: '{n} person is recorded as out. This cannot be undone. Where nobody may come in twice a day, they may again. | {n} people are recorded as out. This cannot be undone. Where nobody may come in twice a day, they may again.', done: '{n} person recorded as out | {n} people recorded as out', nightly: 'each night’s own', ready: { closed: 'Closed and walked through', drill: 'The drill is over' } },
  rules: { title: 'Rules of the gates', reEntry: 'Whoever has left may come in again the same day', minutes: 'Minutes that a gate may go on without a network', share: 'Per cent of the free places that gates may hold', save: 'Save', saved: 'Saved' },
  ready: { checked: 'Checked on the spot', guard: 'The guard said so', camera: 'Seen on the camera' },
  risks: { conflicts: '{n} record does not agree | {n} records do not agree', conflictsText: 'Two gates’ records need your look', quarantined: 'A revoked device uploaded {n} record | A revoked device uploaded {n} records', presumed: '{n} offline place is silent | {n} offline places are silent', presumedText: 'Counted as used; open and settle them', clocks: '{n} device has a wrong clock | {n} devices have a wrong clock', clocksText: 'Switch on automatic time', forecast: '{zone} is full in about {n} minute | {zone} is full in about {n} minutes', forecastText: '{rate} more a minute; full at about {time}', look: 'Look' },
};
export default gateWork;
