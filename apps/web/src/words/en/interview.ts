import type { Like } from '..';
import type zh from '../zh/interview';

const en: Like<typeof zh> = {
  title: 'Interviews', booth: 'Booth {code}',
  wait: { now: 'any moment', upTo: 'up to {b} min', minutes: '{a}–{b} min', hours: '{a}–{b} h', unknown: 'too early to say' },
  queue: {
    title: 'Queue for an interview', status: { open: 'Calling now', paused: 'Paused', closed: 'No queue now' },
    waiting: '{n} waiting', nobody: 'nobody is waiting', talking: '{n} in an interview', each: 'about {n} min each', estimate: 'Your wait if you join now:', noEstimate: 'How long you would wait cannot be estimated yet.', pausedText: 'The employer has paused. Nobody can join now; places are kept.', closedText: 'Book a time, or apply for a job.', full: 'The queue is full ({n}). Try again later.',
    join: 'Join the queue', joinHere: 'I am at the booth: queue', mine: 'I am in the queue', see: 'See my place', both: 'On the phone or in the hall: it is one queue.', late: 'These numbers are from {time}; connecting again', failed: 'The queue did not open',
  },
  join: {
    title: 'Queue for {name}', slotTitle: 'Interview with {name}', job: 'Which job', anyJob: 'Not sure yet', how: 'How', online: 'On this phone', onlineText: 'When it is your turn: video, voice or typing.', onSite: 'I am at the booth', onSiteText: 'When it is your turn, walk up to booth {code}.',
    name: 'Name', nameNeeded: 'Write your name, so that the employer knows how to call you', consent: '{name} may see my details, to interview me', consentText: 'Name, education, what you have done, and your CV if you have one. This employer only; take it back any time under “What I agreed to”.', consentNeeded: 'To queue, let {name} see your details', slotConsentNeeded: 'To book, let {name} see your details',
    why: 'Tick the box to queue', slotWhy: 'Tick the box to book', do: 'Join', doing: 'Joining…', book: 'Book this time', booking: 'Booking…', signInWhy: 'Sign in to queue; you are told when it is your turn.', slotSignInWhy: 'Sign in to book; you are reminded before it.',
    done: 'You are number {n}', called: 'You will be called in a moment', booked: 'Booked', never: 'Hardship and disability marks are never shown to employers',
  },
  slots: { title: 'Book a time', lead: 'No queueing: you are called at that time.', none: 'There are no free times now.', more: 'See all {n} times', minutes: '{n} min', taken: 'Somebody has just booked it; choose another.', failed: 'The free times did not open', label: '{day} {time}, {n} minutes' },
  mine: {
    title: 'My interviews', signInWhy: 'Sign in to see your queue and interviews', none: 'No interviews yet', noneText: 'Queue at a booth’s page, or book a time.', find: 'See who is there', now: 'Now', queues: 'In a queue', bookings: 'Booked', past: 'Past interviews', home: 'My interviews', lead: 'Queue, booked times, results', waitingN: 'in {n} queue | in {n} queues', failed: 'Not up to date',
  },
  place: {
    position: 'Number {n}', next: 'You are next', wait: 'Your wait:', until: 'Called at about {a} to {b}', paused: 'The employer has paused; your place is kept.', keep: 'Leave this page open, or look around. It rings, and you get a text.', keepOnSite: 'Stay near. It rings, and you get a text; then come to booth {code}.',
    check: 'Try the phone first', checked: 'Phone tried', leave: 'Leave the queue', leaveTitle: 'Leave the queue?', leaveText: 'Your place goes to the next person. To queue again you start at the end.', leaveYes: 'Leave', left: 'You left the queue', online: 'On the phone', onSite: 'At the booth',
    missed: 'You were called and were not here', missedText: 'Your place is kept until {time}. Tap when you are back: you are called next.', back: 'I am here', returned: 'Good: you are next', dropped: 'The place is gone', busy: 'You are in another interview; the place is kept.',
  },
  call: {
    title: 'It is your turn', who: '{name} invites you in', left: '{time} left', enter: 'Enter the interview', later: 'Not now', laterText: 'Your place is kept', kept: 'Your place is kept; tap “I am here” when you are back', go: 'Come to booth {code}', goText: '{name} is waiting for you', where: 'See it on the plan', coming: 'On my way', over: 'This call has passed', flash: 'Your turn', again: 'Back to the interview', running: 'The interview is on', soundOff: 'Tap anywhere on the page once, so that the call can ring.', waiting: 'The employer is waiting',
  },
  booking: {
    at: '{day} {time}', inTime: 'in {time}', late: 'The one before runs over; yours begins at about {time}', soon: 'Soon: you will be called', move: 'Another time', moveTitle: 'Choose another time', moveLead: 'Booked now: {time}', moveTo: 'Move to {time}', moveNone: 'There is no other free time.', moved: 'Changed', cancel: 'I cannot come', cancelTitle: 'Cancel this interview?', cancelText: 'The time at {time} goes to somebody else.', cancelYes: 'Cancel it', cancelled: 'Cancelled', calendar: 'Add to calendar', cancelledBy: 'Cancelled by the employer: {reason}', cancelledPlain: 'Cancelled', missed: 'You did not come', with: 'With {name}',
  },
  past: {
    outcome: { nextRound: 'Next round', offerIntent: 'They want you', unsuited: 'Not this time' }, status: { ended: 'Waiting for the result', missed: 'Missed', cancelled: 'Cancelled', called: 'Calling you', running: 'On now' },
    next: { nextRound: 'Keep your phone near: the employer arranges the next round.', offerIntent: 'The employer means to hire you and will call. Pay nothing before a contract is signed.', unsuited: 'There are other jobs.', waiting: 'The employer has not decided; you will be told.', missed: 'Queue again, or book a time.', cancelled: 'Queue again, or book a time.' },
    reason: 'The employer says', jobs: 'Other jobs', again: 'Queue again', on: 'Interviewed {day}', took: 'took {time}', fraud: 'Never pay first, never hand over your ID card.',
  },
  check: {
    title: 'Try the phone', lead: 'One minute. Nobody sees or hears you yet.', skip: 'Skip, go in', done: 'All set', enter: 'Enter the interview', entering: 'Entering…', left: 'Enter within {time}', answered: 'We have answered the call for you; take your time', again: 'Try again', start: 'Start', startText: 'The phone asks about camera and microphone: tap “Allow”.',
    with: 'How to take part', withVideo: 'Video', withAudio: 'Voice only', withText: 'Typing only', withVideoText: 'about 8 MB/min', withAudioText: 'about 0.4 MB/min', withTextText: 'hardly any data',
    camera: 'Camera', cameraOk: 'You can be seen', cameraOff: 'Off; you can turn it on inside', turn: 'Switch camera', microphone: 'Microphone', microphoneSay: 'Say something: the green bar moves', microphoneOk: 'You can be heard', microphoneOff: 'Off; you can turn it on inside', level: 'Loudness', speaker: 'Speaker', speakerTry: 'Play a sound', speakerAsk: 'Did you hear the chime?', speakerYes: 'Yes', speakerNo: 'No', speakerOk: 'You can hear', speakerFix: 'Turn the volume up, switch off silent mode, unplug earphones, and try again.', network: 'Network', networkTesting: 'Trying…', networkFail: 'Not measured; you can go in', openedAt: 'Tried',
    net: { good: 'Very good: video works', fair: 'Fair: the picture may stop', weak: 'Weak: use voice only' },
    problem: {
      denied: 'The phone says no', missing: 'Not found', busy: 'Another app is using it', insecure: 'This address may not use camera or microphone', unsupported: 'This browser cannot do it', other: 'Did not open',
      deniedText: 'Below is how to allow it. You can also take part by typing.', missingText: 'You can take part without it: choose another way.', busyText: 'End the phone call, close other video apps, then try again.', insecureText: 'The address must begin with https. You can take part by typing.', unsupportedText: 'Open this page in the phone’s own browser, or take part by typing.', otherText: 'Try again, or choose another way.',
    },
    help: {
      title: 'How to allow it', wechat: { one: 'Tap “…” at the top right, then “Open in browser”.', two: 'Or in WeChat: Me, Settings, General: look at the permissions for camera and microphone.', three: 'Come back and tap “Try again”.' },
      android: { one: 'Tap the lock beside the address, or “Site settings” in the menu.', two: 'Set “Camera” and “Microphone” to “Allow”.', three: 'Still not: phone Settings, Apps, your browser, Permissions: turn both on.' },
      ios: { one: 'In the phone’s Settings find the browser that you use (Safari or WeChat).', two: 'Turn on “Camera” and “Microphone”.', three: 'In Safari you can also tap “aA” beside the address, then “Website Settings”.' },
      desktop: { one: 'Click the lock beside the address.', two: 'Set “Camera” and “Microphone” to “Allow”.', three: 'Reload this page.' },
      is: { wechat: 'In WeChat', android: 'Android', ios: 'iPhone', desktop: 'Computer' },
    },
  },
  room: {
    label: 'Interview room', gone: 'There is no such interview', goneText: 'The link may be wrong, or it is somebody else’s.', waiting: 'Waiting for the other side', waitingText: 'You are in the room; there is nothing to do.', opening: 'Entering the room', them: 'Them', me: 'Me', self: 'My picture', interviewers: '{names}',
    left: '{time} left', leftSpoken: '{n} minute left | {n} minutes left', over: 'Time is up', extended: '{n} minute added | {n} minutes added', started: 'The interview has begun',
    mute: 'Mute', unmute: 'Unmute', muted: 'Muted', cameraOff: 'Camera off', cameraOn: 'Camera on', turn: 'Switch', type: 'Type', more: 'More', hangup: 'Leave', noCamera: 'Their camera is off', noSound: 'They are muted', screen: 'Their screen', closeScreen: 'Smaller', openScreen: 'Larger', cv: 'My CV', noCv: 'No CV', cvText: 'This is what they see.',
    ladder: { label: 'How you talk', video: 'Video', audio: 'Voice', text: 'Typing' },
    down: { audio: 'Weak network: voice only now', audioText: 'The call goes on. The picture returns by itself.', text: 'The network is too weak: please type', textText: 'They see what you type. Sound returns by itself.', lowText: 'Weak network: a smaller picture.' }, up: { video: 'The network is better: the picture is back', audio: 'Sound is back' },
    hint: 'The network blinked; connecting', restoring: 'Restoring', restoringText: 'Your seat is kept. It connects by itself; stay here.', restored: 'Connected again', theirs: 'They have lost the network and will be back', taken: 'A phone call took the microphone', takenText: 'After the call, tap to go on.', takeBack: 'Go on', noise: 'Noise reduction', noiseOn: 'On: wind and machines are quieter', noiseOff: 'Off: for when your voice is cut up', noisy: 'An echo? Use earphones, or move away from other phones.',
    net: 'Network: me {mine}, them {theirs}', used: '{mb} MB used', data: 'Data', dataText: '{mb} MB used so far', saver: 'Save data', saverText: 'Voice only, about 0.4 MB/min', auto: 'Automatic', autoText: 'Follows the network; about 8 MB/min with pictures',
    tap: 'Tap to hear', leaveTitle: 'Leave the interview?', leaveText: 'It is not over. You can come back until the time is up.', leaveYes: 'Leave', leaveNo: 'Stay', leftTitle: 'You left the room', leftText: 'The interview is not over; you can come back.', return: 'Back to the room', handed: 'Now with {name}',
    refused: 'You cannot enter now', unsupported: 'This browser has no video; you can type.', removed: 'You were removed from the room', textOnly: 'Interview by typing', retry: 'Try again', help: 'My interviews',
  },
  chat: { title: 'Typing', say: 'Write to them', send: 'Send', sending: 'Sending…', none: 'Nothing written yet. If you cannot hear, write here.', failed: 'Not sent; tap to send again', me: 'Me', unread: '{n} unread', spoken: '{author}: {text}', tooLong: 'At most 1000 characters' },
  record: { on: 'Recording', asked: 'They would like to record this interview', askedText: 'Only if everybody agrees; deleted after {n} days. If you say no, the interview goes on.', yes: 'I agree', no: 'No', stop: 'Stop recording', stopped: 'Recording stopped', waiting: 'Waiting for the others', refused: 'You said no; nothing is recorded', can: 'Tap “Stop recording” at any time.' },
  end: { title: 'The interview is over', text: 'The result comes under “My interviews”, and you are told.', missedTitle: 'You missed this one', missedText: 'Your place may still be kept: have a look.', cancelledTitle: 'This interview was cancelled', cancelledText: 'Queue again, or book a time.', mine: 'My interviews', took: 'It took {time}', record: 'It was recorded; deleted after {n} days.', home: 'Home', onSite: 'Please come to the booth' },
};
export default en;
