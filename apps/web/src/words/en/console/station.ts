import type { Like } from '../..';
import type zh from '../../zh/console/station';

const station: Like<typeof zh> = {
  booth: 'Booth {code}', fair: 'Which fair', noFair: 'No fair is on or to come', needFair: 'Choose a fair', needYes: 'The person must say yes, here and now',
  lineLost: 'Calls do not appear by themselves now; reconnecting',
  people: { none: 'Nobody has been registered today', noneText: 'Register who comes without a phone; then take tickets, places and times for them.', search: 'Name or phone', count: '{n} today', noPhone: 'no phone', idle: 'not waiting anywhere', came: 'since {time}', queued: '{organisation}: place {n}, {when}', missed: '{organisation}: missed the call, bring them back', booked: '{organisation}: booked {time}', result: '{organisation}: {outcome}' },
  call: { called: 'is called', running: 'is in an interview', left: 'left to go in', start: 'Start {name}’s interview', back: 'Back to {name}’s interview' },
  register: {
    do: 'Register somebody', title: 'Register somebody', lead: 'A name, and a phone or an ID number to find them by next time.', name: 'Name', needName: 'Enter the name', phone: 'Phone', phoneHint: 'A relative’s will do; without one, the ID number', badPhone: 'A phone number has 11 digits', needOne: 'Enter the phone or the ID number', idNumber: 'ID number', idHint: 'Encrypted; only to find this person', badId: 'An ID number has 18 characters', wishHint: 'What work, and where',
    read: 'Read it out', wording: 'I work at {station}.\nI register you to take tickets, places in queues and interview times for you.\nYour name and phone are encrypted and shown only to employers that you agree to.\nWhen you go home, I do not see them any more.\nWhenever you do not want this any more, say so and it is deleted.\nDo you agree?', agreed: 'They said yes', agreedText: 'Tick it only after they have said so. Without it nothing is registered; they may still go to the fair.', needConsent: 'They must say yes', go: 'Register', done: 'Registered: {name}',
  },
  education: { primary: 'Primary school', junior: 'Junior secondary', senior: 'Senior secondary', vocational: 'Vocational school', college: 'College', bachelor: 'Bachelor' },
  person: {
    gone: 'This person is not here any more', tickets: 'Tickets', noTickets: 'None yet. A ticket is for the hall; interviews here need none.', places: 'Queues', noPlaces: 'Not in a queue.', bookings: 'Booked times', noBookings: 'None.', results: 'Outcomes', noResults: 'No interviews yet.', waitsResult: 'no outcome yet', nth: 'Place {n}, {when}', place: { called: 'Called', missed: 'Missed the call; the place is kept', interviewing: 'In an interview' }, late: 'Late; begins about {time}',
    leave: 'Leave', leaveTitle: 'Leave the queue of {organisation}', leaveText: 'The place is given up; they would have to join again.', cancel: 'Cancel', cancelTitle: 'Cancel the time with {organisation}', cancelText: 'The time goes to somebody else.',
    home: 'Goes home', homeTitle: '{name} goes home', homeText: 'Their facts are no longer shown here; places in queues are given up, booked times stay. Register again when they come back.', homeDone: 'Done; nothing of theirs is shown here any more',
  },
  ticket: { do: 'Take a ticket', title: 'A ticket for {name}', text: 'It can be printed at once; gates scan the paper.', go: 'Take it', done: 'The ticket can be printed', printOf: 'Print the ticket of {fair}', slip: 'Ticket', slipText: 'Gates scan this code, or read the eight digits.' },
  queue: { do: 'Join a queue', title: 'A queue for {name}', booth: 'Employer', chooseBooth: 'Choose an employer', needBooth: 'Choose an employer', state: '{n} ahead; called: {when}', shut: 'This employer takes nobody in its queue now; book a time instead.', go: 'Join', done: 'In the queue; the call is shown here in large' },
  book: { do: 'Book a time', title: 'A time for {name}', employer: 'Employer', choose: 'Choose an employer', slot: 'When', none: 'No times can be booked at this fair yet; join a queue instead.', needEmployer: 'Choose an employer', needSlot: 'Choose a time', go: 'Book', done: 'Booked' },
  yes: { title: 'They agree that {organisation} sees their name and experience', text: 'Read it out: only this employer, for the interview; it can be taken back at any time. Tick it only after they have said yes.' },
  room: {
    title: '{name}’s interview', theirs: 'Employer', toClerk: 'Back to the clerk', sit: '{name}, please sit down here', private: 'Only your own interview is here. Nobody else hears what is said, and nothing is left afterwards. The clerk steps aside.', speak: 'Say something; the bars move', start: 'Ready, go in', goOn: 'Go on', hostAway: 'The other side is not here yet; please wait',
    asks: 'They would like to record the interview', asksText: 'Without your yes nothing is recorded, and the interview goes on. It is kept for {n} days, and you can stop it at any time.', noMore: 'Stop recording', leave: 'Leave', leaveTitle: 'Leave the interview', leaveText: 'Sound and picture stop. You can come back while it is on.', over: 'It is over', overText: 'The clerk will tell you the outcome.', notOn: 'This interview is not on', notOnText: 'The call has passed, or it was cancelled. Please ask the clerk.', clear: 'Clear, back to the clerk',
  },
  list: { lead: 'Where people without a phone are helped', new: 'Add a station', name: 'Name', nameHint: 'Such as Changqiao town’s employment station', create: 'Add and invite', none: 'No stations yet', noneText: 'Add one, then send the link to its clerk.', invitedText: 'Send this link to the station’s clerk, who sets an account and a password.', whoCan: 'To add stations and clerks, ask your administrator.' },
};
export default station;
