import type { Like } from '..';
import type zh from '../zh/live';

const en: Like<typeof zh> = {
  title: 'Live', gone: 'There is no such broadcast', goneText: 'The link may be wrong, or it was cancelled.',
  kind: { talk: 'Live talk', tour: 'Live tour' },
  status: { scheduled: 'Not yet', rehearsing: 'Not yet', live: 'Live', paused: 'Live', ended: 'Replay', cancelled: 'Cancelled' },
  stopped: 'Stopped', watching: '{n} watching', watchingSpoken: '{n} people watch, not counted in the hall', verified: 'Checked by {by}', booth: 'Booth {code}', jobsOf: '{n} job | {n} jobs', peak: 'Up to {n} at once',
  list: { title: 'Live', now: 'Live now', next: 'Coming up', replays: 'Replays', watch: 'Watch', more: 'See all', all: '{n} broadcast | {n} broadcasts', startsAt: 'Starts {time}', soon: 'About to start', ended: 'Shown on {day}', homeNow: 'Live now' },
  remind: { on: 'Remind me', off: 'No reminder', done: 'You will get a text before it starts', undone: 'No reminder then', why: 'Sign in to be reminded; the text goes to your mobile number.', set: 'Reminder set' },
  calendar: 'Add to calendar',
  cover: {
    opening: 'Opening the broadcast', notYet: 'It has not started', inTime: 'in {time}', anyMoment: 'About to start; no need to reload', rehearsing: 'The host is getting ready', paused: 'A short pause', pausedText: 'Back in a moment; no need to reload.',
    interrupted: 'The host lost the line and will be back', interruptedText: 'Gone for {time}. The picture returns by itself; the chat still works.', noPicture: 'The host shows no picture', noPictureText: 'You can hear them speak.',
    ended: 'This broadcast is over', endedText: 'The replay is being made and appears by itself.', noReplay: 'There is no replay; you can still apply for the jobs.', watchReplay: 'Watch the replay', stopped: 'The organiser stopped this broadcast', stoppedText: 'Reason: {reason}', cancelled: 'This broadcast was cancelled',
    preparing: 'Live media is being prepared, {n} %', preparingText: 'It starts by itself. You can apply for the jobs now.', unavailable: 'The picture cannot be shown now', unavailableText: 'This server cannot carry live media. Chat and applications work.', removed: 'You were removed from this broadcast', refused: 'You cannot enter now', retry: 'Try again',
    audioOnly: 'Sound only', audioOnlyText: 'Saves data, about {mb} MB/min', text: 'Weak network: text only', textText: 'Chat and applications work. Sound and picture return by themselves.', waiting: 'The network is gone; connecting again',
  },
  sound: { tap: 'Tap for sound', on: 'Sound on', off: 'Mute', spokenOn: 'Sound is on', spokenOff: 'Sound is off' },
  play: { tap: 'Tap to play', full: 'Full screen', exit: 'Leave full screen' },
  quality: {
    title: 'Picture and data', lead: 'It gets smaller when the network is weak, and comes back by itself.', leadSingle: 'On a weak network the sound goes on alone, and the picture comes back by itself.', auto: 'By itself', autoText: 'Follows the network', autoCost: 'Follows the network; with the picture about {mb} MB/min', saver: 'Save data', saverText: 'A smaller picture', saverCost: 'A smaller picture, about {mb} MB/min', audio: 'Sound only', audioText: 'Without the picture', audioCost: 'Without the picture, about {mb} MB/min',
    single: { webrtc: 'The host sends one size of picture; there is no smaller one.', hls: 'Ordinary playback has one size of picture.', none: '' }, soundless: 'There is no sound to be heard alone.',
    used: '{mb} MB used so far', usedPartly: 'At least {mb} MB used so far', usedUnknown: 'This phone does not tell pages how much data was used', partly: 'What ordinary playback used is not in it: this phone does not tell pages.', way: { webrtc: 'Real time', hls: 'Ordinary playback, a few seconds behind', none: 'Neither picture nor sound' }, label: '{step} {used}, change quality', labelPlain: '{step}, change quality',
    step: { high: 'Clear', low: 'Small', audio: 'Sound', text: 'Text only' }, hls: 'Playback',
    down: { low: 'Weak network: a smaller picture. It comes back by itself.', audio: 'Weak network: sound only for now. The picture comes back by itself.', text: 'Sound and picture are gone, the chat goes on. Connecting again.' }, up: { high: 'The network is good again: a clear picture.', low: 'The picture is back.', audio: 'The sound is back.' },
    hlsNow: 'Real time could not be reached; ordinary playback, a few seconds behind.', rtcNow: 'Back in real time.', ladder: { picture: 'Picture', sound: 'Sound', text: 'Text' },
  },
  chat: {
    label: 'Chat', host: 'Host', me: 'Me', say: 'Say something', ask: 'Ask', question: 'Q', send: 'Send', sending: 'Sending…', sayLabel: 'Your message', asQuestion: 'As a question, which the host sees apart', answered: 'answered', waiting: 'shown once the host has looked', removed: 'not shown',
    slow: 'Slow mode: again in {n} s', muted: 'You are muted until {time}', banned: 'You were removed from this broadcast and cannot write.', tooLong: 'At most 200 characters', earlier: 'Earlier ones', all: 'Whole chat', open: 'Open the chat', none: 'Nobody has written yet', why: 'Sign in to write; others see only your family name.', newest: 'Newest', over: 'The broadcast is over; nothing can be written.', spoken: '{author}: {text}', heldNote: 'It speaks of money or deposits: the host looks first.',
  },
  fraud: { text: 'Jobs cost nothing. Pay nothing first, hand over no ID card. If somebody asks, report it.', short: 'Jobs cost nothing; keep your ID card.' },
  report: {
    do: 'Report', title: 'Report this broadcast', text: 'Somebody asks for money, a deposit or an ID card, or says other things than the job card: report it. No sign-in is needed, and the employer does not see who did.', call: 'Call 12333', callText: 'The labour service line, free', save: 'You can also call. Note the employer and time: {name}, {time}. The recording is kept as evidence.',
    about: 'What do you report', broadcast: 'This broadcast', host: 'The host {name}', messages: 'A message in the chat', message: '{author}: {text}', why: 'What is wrong', words: 'What happened', wordsHint: 'You may leave it empty. Who, when and what was said help to find it.', needKind: 'Choose what is wrong', needText: 'Say in a sentence what happened', send: 'Report', sending: 'Sending…',
    sent: 'Your report was received', sentText: 'The organiser checks it against the recording. The outcome is shown here.', mine: 'My reports', status: { waiting: 'being checked', upheld: 'upheld', dismissed: 'not found' }, answer: 'Organiser: {reason}', decided: 'There is an outcome of your report',
  },
  like: { do: 'Like', count: '{n} like | {n} likes' },
  card: { now: 'Now', nth: '{n} of {all}', see: 'Details', apply: 'Apply in one tap', applied: 'Applied', list: 'Jobs', listTitle: 'Jobs of this broadcast', none: 'No job is being shown yet', noneText: 'You can look at all of its jobs.', wanted: '{n} wanted', label: 'The job being shown' },
  stage: {
    raise: 'Hand', title: 'Speak on air', lead: 'Raise your hand and wait. Nobody hears you before the host asks you and you agree. Others see only your family name.', why: 'Sign in to raise your hand.', do: 'Raise my hand', waiting: 'Number {n}, waiting for the host', waitingText: 'Go on watching. You will be told when it is your turn.', lower: 'Do not wait', lowered: 'Hand lowered',
    invited: 'The host asks you to speak', invitedText: 'Once you agree, everybody who watches hears you. Try your microphone first.', check: 'Try the microphone', checking: 'Opening…', level: 'Say something: this moves', withCamera: 'With my camera too', accept: 'Agree and speak', decline: 'Not this time', joining: 'Going on air…', on: 'You are on air: everybody hears you', mute: 'Mute', unmute: 'Unmute', leave: 'Leave the stage', left: 'You left the stage', taken: 'The host ended your turn', guests: 'On stage: {names}', over: 'Your turn is over', off: 'Your microphone is off', full: 'No free place now; please wait',
    problem: { denied: 'The microphone is not allowed. Allow it for this site in the browser’s settings.', missing: 'No microphone was found.', busy: 'Another app has the microphone, a phone call perhaps.', insecure: 'This address is not https: the browser gives no microphone.', unsupported: 'This browser cannot send sound; you can write.', other: 'The microphone did not open; try again.' },
  },
  replay: { sound: 'Sound only', used: '{mb} MB used', picture: 'Picture', perMinute: '{mb} MB/min', play: 'Play', pause: 'Pause', seek: 'Position', at: '{now} of {all}', back: 'Back 10 s', forward: 'On 10 s', note: 'A replay; you can still apply.', failed: 'The replay did not open', none: 'The replay is being made' },
  share: 'Share', close: 'Leave', tour: { title: 'What was shown', workshop: 'Workshop', dormitory: 'Dormitory', canteen: 'Canteen', contract: 'Contract', shown: 'at {time}', where: 'within {n} m', notYet: 'not yet' },
};
export default en;
