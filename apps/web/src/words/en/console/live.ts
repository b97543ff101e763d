import type { Like } from '../..';
import type zh from '../../zh/console/live';

const live: Like<typeof zh> = {
  kind: { talk: 'Talk', tour: 'Workplace tour' },
  kindText: { talk: 'Sit down and go through the jobs; viewers apply while they watch', tour: 'Walk through workshop, dormitory and canteen with a phone, and show the contract' },
  status: { scheduled: 'Not live yet', rehearsing: 'Rehearsing', live: 'Live', paused: 'Paused', ended: 'Ended', cancelled: 'Cancelled' },
  gone: 'There is no such broadcast', share: 'Share', shareTitle: 'Address for candidates', watchPage: 'What viewers see', copyHint: 'Send it to a group; one tap opens it.',
  notInHall: 'not counted in the hall', viewersNow: '{n} watching', peak: 'at most {n} at once', likes: '{n} like | {n} likes', lasted: 'ran for {for}', stoppedBy: 'Stopped by the organiser: {reason}',
  media: {
    preparing: 'Live media is being prepared', preparingText: 'The first start takes some minutes. This page goes on by itself; no need to wait here. The rest of the fair works.', percent: '{n} % ready',
    unavailable: 'This server cannot carry live media now', unavailableText: 'The rest of the fair works. Ask the system’s administrator to look at the server’s log.',
  },
  list: {
    lead: 'Go live at a fair; viewers apply while they watch', new: 'Schedule a broadcast', none: 'No broadcast yet', noneText: 'Choose a fair, a time and jobs; open the studio when it is time.',
    now: 'Live now', upcoming: 'Next', past: 'Past', cancelled: 'Cancelled',
    studio: 'Open the studio', detail: 'Details', edit: 'Change', replay: 'Watch the replay', noReplay: 'No replay', jobs: '{n} job | {n} jobs', booth: 'Booth {code}', lineLost: 'This list does not change by itself now; reconnecting',
    needBooth: 'No placed booth yet', needBoothText: 'A broadcast comes from a booth of your own. Apply for one; once the organiser has placed you, schedule here.', toFairs: 'Apply for a booth',
    cancel: 'Cancel it', cancelTitle: 'Cancel “{title}”', cancelText: 'It cannot be undone; people with a reminder will see that it is cancelled. To move it, choose “Change”.', cancelled1: 'Cancelled',
  },
  form: {
    new: 'Schedule a broadcast', edit: 'Change the broadcast', facts: 'The broadcast', fair: 'At which fair', fairHint: 'Fairs where you have a booth', booth: 'From which booth', kind: 'What kind', title: 'Title', titleHint: 'For example: Inside the Haiqiao workshop, 100 people for CNC and assembly',
    when: 'When', whenHint: 'China time, within the hours of the fair', cover: 'Cover', coverHint: 'A wide picture, JPEG or PNG, at most 10 MB. Without one your name is shown', coverChoose: 'Choose a picture', coverAnother: 'Choose another', coverOf: 'Cover of “{title}”',
    jobs: 'Jobs', jobsHint: 'In the order in which you talk about them. Viewers can apply at once', jobsMore: 'More that you can add', noJobs: 'No open job yet', noJobsText: 'Publish a job first, then schedule.', toJobs: 'Write a job', add: 'Add', up: 'Move {title} up', down: 'Move {title} down', drop: 'Leave out {title}',
    hosts: 'Hosts', hostsHint: 'Only they can enter the studio; two can be on air together', me: 'you', needTitle: 'Enter a title', needJobs: 'Choose at least one job', manyJobs: 'At most 30', needHosts: 'Choose at least one person', manyHosts: 'At most 10', needTime: 'Enter the time', endFirst: 'The end must be after the start', past: 'The start is in the past',
    outside: 'Outside the hours of the fair ({time})', coverLarge: 'This picture has {size}; at most 10 MB', coverKind: 'Only JPEG or PNG; choose another', save: 'Schedule', saveEdit: 'Save changes', saved: 'Scheduled; visitors of the fair’s page can see it', savedEdit: 'Changed', over: 'It has begun or ended and cannot be changed.',
    preview: 'On the fair’s page', rules: 'A broadcast counts as publishing jobs: a verified licence, pay as on the card, no fees, no deposits, no kept ID cards. The replay is kept as evidence.',
  },
  licence: { missing: 'No verified licence: you can schedule and rehearse, but not go live.', pending: 'The licence waits for its review; you can go live once it is verified.', expired: 'The licence has expired; you can go live once a new one is verified.', suspended: 'Your organisation is suspended and cannot go live. Ask the bureau.', do: 'To the licence' },
  page: { funnel: 'What it brought', jobs: 'Jobs', hosts: 'Hosts', encoder: 'Send with OBS or an encoder', when: 'When', fair: 'Fair', notYet: 'Once live, you see here how many saw a card, tapped and applied.', replayNow: 'Replay', replayText: 'Viewers watch it on the same page; chat and job cards follow the time.', replayLength: 'Replay {for}', replayMaking: 'The replay is not ready', replayMakingText: 'It is, some minutes after the end.' },
  encoder: {
    lead: 'With a professional camera or OBS you do not need the browser’s camera. Other encoders work too if they speak WHIP.',
    steps: { key: 'Make a key here.', fill: 'In OBS 30 or later: Settings, Stream, service WHIP; fill in the server and the bearer token.', output: 'Settings, Output: as advised below the key. Sound is Opus, which OBS chooses by itself.', rehearse: 'Open the studio without a camera and choose “Rehearse”. Then press “Start streaming” in OBS: the studio shows the picture, viewers do not see it yet.', live: 'Check picture and sound, then “Go live” in the studio. OBS reconnects by itself after a lost line; within 30 seconds it is the same broadcast and the same recording.' }, make: 'Make a key', makeDone: 'New key made', turn: 'Make another key', turnTitle: 'Make another key', turnText: 'The old key ends at once; an encoder that uses it is disconnected.', end: 'End the key', endTitle: 'End the key', endText: 'What an encoder sends is cut off at once. Make another key to send again.', ended: 'Ended',
    url: 'Server', key: 'Bearer token', once: 'The key is shown this once. Fill it in now; if lost, make another.', before: 'A key from before ends when you make another.', dismiss: 'Filled in', quality: 'Advised: 1280×720, 30 frames a second, 2500 kbit/s, a keyframe every 2 seconds, H.264 baseline, no B-frames.',
  },
  funnel: {
    job: 'Job', saw: 'Saw the card', tapped: 'Tapped', applied: 'Applied', none: 'Nobody has seen a card yet', noneText: 'Pin a job, and viewers see its card.', people: 'people', of: '{share} of those who saw', note: 'Persons, each once. One person may see several jobs, so the rows are not added up.', reload: 'Look again',
  },
  check: {
    title: 'Try before you go live', lead: 'Look, listen, measure. Nobody sees you now.', camera: 'Camera', microphone: 'Microphone', noCamera: 'No camera, sound only', noMicrophone: 'No microphone', default: 'System default', nth: '{what} {n}', flip: 'Mirror my picture', front: 'Front camera', back: 'Rear camera',
    level: 'Say something; this moves', levelQuiet: 'Nothing is heard; is the microphone muted?', levelGood: 'The sound is fine', levelLoud: 'Too loud; move away from the microphone',
    upload: 'Upload speed', uploadMeasuring: 'Measuring…', uploadGood: '{rate}, enough for HD', uploadFair: '{rate}, works, with a smaller picture', uploadWeak: '{rate}, too slow; change the network or send sound only', uploadUnknown: 'Not measured; you can go live all the same', again: 'Measure again', line: 'Line',
    start: 'Open camera and microphone', starting: 'Opening…', retry: 'Try again', preview: 'Your picture', soundOnly: 'Sound only', ready: 'Ready to go live', notReady: 'Not ready yet',
    licenceOk: 'Licence in force', licenceBad: 'Licence', timeEarly: 'It is scheduled for {time}; you can rehearse now.',
    rehearse: 'Rehearse', live: 'Go live', join: 'Enter the studio', entering: 'Entering…', encoder: 'Send with OBS; no camera here', encoderText: 'Picture and sound come from OBS. Rehearse, go live, show jobs and read the chat here.', asHost: '{name} is inside',
    problem: {
      denied: 'The browser does not allow camera or microphone', deniedText: 'Tap the lock beside the address, allow camera and microphone, then “Try again”.', missing: 'No camera or microphone found', missingText: 'Plug one in and try again. A microphone alone is enough for sound.', busy: 'Another program uses the camera', busyText: 'Close meeting or camera programs and try again.',
      insecure: 'This address is not secure; the browser gives no camera', insecureText: 'Open an address that begins with https (localhost will do on one computer). In a hall: the one that npm start -- --lan prints.', unsupported: 'This browser cannot go live', unsupportedText: 'Use a recent Chrome, Edge or Safari; in WeChat choose “Open in browser” at the top right.', other: 'The device does not open', otherText: 'Unplug it and plug it in again, or try another.',
    },
  },
  studio: {
    title: 'Studio', verified: '{organisation}, verified by {by} on {on}', unverified: '{organisation}, licence not verified', back: 'Leave the studio', recording: 'Recording', notHost: 'You are not a host of this broadcast', notHostText: 'Ask the colleague who scheduled it to make you a host.', leaveTitle: 'Leave the studio', leaveText: 'Your picture and sound stop at once. Without another host, viewers read “the host is away”, and after 5 minutes the broadcast ends.', leave: 'Leave', stay: 'Stay',
    rehearsing: 'Rehearsing; viewers see nothing', paused: 'Paused; viewers read “back in a moment” and hear nothing', liveFor: 'live for {time}', ended: 'This broadcast has ended', endedText: 'Thank you. Below is what it brought; the replay is ready soon.', cancelled: 'This broadcast is cancelled', stopped: 'The organiser stopped this broadcast', startAgain: 'Try the devices again',
    goLive: 'Go live', goLiveTitle: 'Go live now', goLiveText: 'Viewers see and hear you at once, and recording begins. People with a reminder are told.', goLiveDone: 'You are live', endRehearsal: 'End the rehearsal', endRehearsalDone: 'The rehearsal has ended',
    mute: 'Mute', unmute: 'Unmute', cameraOff: 'Camera off', cameraOn: 'Camera on', turnCamera: 'Turn camera', screen: 'Screen', screenOff: 'Stop screen', pause: 'Pause', resume: 'Go on', end: 'End', devices: 'Devices', soundOnly: 'Sound only', pauseTitle: 'Pause', pauseText: 'Viewers read “back in a moment” and hear nothing; the chat goes on.', paused1: 'Paused', resumed: 'On air again',
    endTitle: 'End the broadcast', endText: 'It stops for all viewers at once and cannot go on. The {n} who watch now see a way to the replay.', endDone: 'Ended',
    mutedNote: 'You are muted; viewers do not hear you', cameraOffNote: 'Camera off; viewers only hear you', screenNote: 'You share your screen; viewers see it', me: 'me', guest: 'Guest', host: 'Host', noPicture: 'No picture', hearing: 'Tap to hear the others', hear: 'Sound on', screenOf: 'Screen of {name}', you: '{name} (me)',
    screenRefused: 'The screen is not shared', noScreen: 'This device cannot share its screen',
  },
  line: {
    connecting: 'Connecting…', lost: 'Line lost for {for}; reconnecting', lostText: 'It goes on as the same broadcast and the same recording; nothing to tap.', late: 'Away too long; entering anew', back: 'Connected again', removed: 'You were removed from the studio', taken: '{source} was turned off', failed: 'Could not enter the studio', interrupted: 'Viewers have had no picture for {for}',
    end: { bitrateTooHigh: 'The stream was ended: {sent} came, and {most} is the most.' }, endText: { bitrateTooHigh: 'Set the bitrate below {most} in the output settings of OBS or the encoder, and start again. The key is still the same.' }, endRest: { bitrateTooHigh: 'Too much again. Set the bitrate below {most} in the output settings of OBS or the encoder, and start in {rest} seconds.' },
    weak: 'Weak network; viewers may see it stutter. Move closer to the router, or turn the camera off and talk.', fair: 'The network is slow; the picture became smaller and recovers by itself.', uploads: 'Up', source: { camera: 'Camera', microphone: 'Microphone', screen: 'Screen', screenAudio: 'Screen sound' },
  },
  net: { title: 'What viewers get', me: 'My network', viewers: 'Viewers’ network', bitrate: 'Up {rate}', loss: '{share} lost', each: '{rate} a viewer', layers: '{n} quality | {n} qualities', layer: 'Quality {n}', off: 'off', lossViewers: 'viewers lose {share}', receivers: '{n} stream out | {n} streams out', received: { high: '{n} in full quality', middle: '{n} in medium', low: '{n} in low', sound: '{n} with sound only' }, none: 'No number yet', source: 'Source', rate: 'Rate', resolution: 'Picture {w}×{h}' },
  jobs: { title: 'Running order', count: '{n} job | {n} jobs', applied: 'Applied', papers: 'applied', pinned: 'On air; viewers see this card', pin: 'Pin', pinOf: 'Pin {title}', next: 'Next job', unpin: 'Unpin', done: 'Shown', none: 'No jobs in this broadcast', pinnedTold: 'Pinned: {title}', unpinned: 'The card is gone', wait: 'Pin once you are in the studio' },
  tabs: { label: 'Viewers', chat: 'Chat', questions: 'Questions', held: 'Held', stage: 'Stage', complaints: 'Reports', jobs: 'Jobs', effect: 'Result', tour: 'Checklist', waiting: '{n} waiting' },
  chat: {
    label: 'Chat', none: 'Nobody has said anything yet', noneText: 'What viewers write appears here.', older: 'Show earlier ones', say: 'Write as the host', saySend: 'Send', sayModerator: 'Write as the organiser', newer: 'New messages', host: 'Host', me: 'me', act: 'Deal with the message of {name}', slow: 'Slow mode', slowOff: 'off', slowSeconds: 'one in {n} s', slowLabel: 'How often one viewer may write', slowDone: 'Slow mode changed', question: 'Question',
    tooLong: 'At most {n} characters', closed: 'It has ended; nobody can write any more',
  },
  questions: { none: 'No question waits', noneText: 'Questions of viewers stand here in their order.', answered: 'Answered', answeredOf: 'The question of {name} is answered', told: 'Marked' },
  held: {
    none: 'Nothing is held', noneText: 'Messages with words of fees, fraud or abuse wait here for you first.', title: 'Held; viewers do not see it', words: 'Because of: {words}', show: 'Let it through', remove: 'Remove', punish: 'Remove and mute', showOf: 'Let it through: the message of {name}', removeOf: 'Remove the message of {name}', shown: 'Shown', removed: 'Removed', kinds: { fee: 'fees', fraud: 'fraud', abuse: 'abuse' },
    sanctions: 'Muted and banned', sanctionNone: 'Nobody is muted', lift: 'Lift', liftOf: 'Lift the {what} of {name}', lifted: 'Lifted', mutedUntil: 'muted until {time}', banned: 'banned', kind: { mute: 'mute', ban: 'ban' },
  },
  act: {
    title: 'Deal with this message', who: '{name} wrote:', titleHand: 'Deal with this viewer', whoOnStage: '{name} is on stage', whoRaised: '{name} raised a hand', muteHand: 'Mute', banHand: 'Ban from this broadcast', what: 'What to do', remove: 'Remove this message only', mute: 'Remove it and mute', ban: 'Remove it and ban from this broadcast', muteText: 'cannot write or raise a hand, can still watch', banText: 'cannot come back, on this device either', minutes: 'For how long', minute: '{n} minute | {n} minutes', hour: '1 hour', day: 'One day', reason: 'Reason', reasonHint: 'Kept on record; the person can read it', go: 'Do it', ready: { fraud: 'Looks like fraud', fee: 'Asks candidates for money', abuse: 'Abuse', spam: 'Spam', ads: 'Advertising' }, done: { remove: 'Removed', mute: 'Muted', ban: 'Banned' },
  },
  stage: {
    title: 'Raised hands', note: 'In the order of hands; they speak once they accept', none: 'No hand is raised', noneText: 'Viewers who raise a hand stand here in order. Invite one; they are heard once they accept.', on: 'On stage', waiting: 'waits for {for}', invited: 'invited, not accepted yet', invite: 'Invite', inviteOf: 'Invite {name} on stage', takeOff: 'Take off', takeOffOf: 'Take off: {name}', lower: 'Lower', lowerOf: 'Lower the hand of {name}', invitedTold: 'Invited', off: 'Off the stage', place: 'Place {n}', act: 'Deal with {name}: mute or ban',
  },
  tour: {
    title: 'Checklist', done: '{n} of {all} shown', places: { workshop: 'Workshop', dormitory: 'Dormitory', canteen: 'Canteen', contract: 'Contract' }, hint: { workshop: 'machines, workplaces, protection', dormitory: 'beds a room, air conditioning, cost', canteen: 'meals and prices', contract: 'the pages on pay, hours, insurance' }, not: 'not yet', tick: 'Shown', tickOf: '{place} is shown; stamp time and place', stamped: 'stamped {time}, with place', stampedTime: 'stamped {time}', stampedLater: 'stamped {time}, place added {later}', accuracy: 'within {n}', locate: 'Add place', locateOf: 'Add the place to {place}', locateRefused: 'The phone gave no place. Allow it to say where it is, then tap again.', asking: 'Locating…',
    ask: 'A stamp asks the phone where it is, to prove that you are there. If you refuse, only the time is stamped.', refused: 'No place; only the time is stamped', wait: 'You can stamp once you are live', all: 'All four are shown',
  },
  effect: { title: 'This broadcast', entered: 'Most at once', now: 'Watching', applied: 'Applied' },
  desk: { title: 'Online broadcasts', now: 'Watching online', none: 'No broadcast now', next: 'Next at {time}: {title}', all: 'All broadcasts', noneAtAll: 'No broadcast is scheduled', more: '{n} more', watch: 'Watch {title}' },
  complaints: {
    none: 'Nobody has reported anything', noneText: 'What viewers report on the live page waits here in its order. The employer does not see it.', by: 'Reported by {author}', at: '{time} after the start', before: 'before the start', waited: 'waiting for {for}', host: 'About the host {name}', message: 'About what {name} wrote', broadcast: 'About the broadcast', decided: 'Decided', uphold: 'Uphold', dismiss: 'Dismiss', upholdOf: 'Uphold the report of {author}', dismissOf: 'Dismiss the report of {author}',
    status: { waiting: 'waiting', upheld: 'upheld', dismissed: 'dismissed' },
    upholdTitle: 'Uphold this report', upholdText: 'This records the finding only. To stop the broadcast or remove a message use their own buttons.', dismissTitle: 'Dismiss this report', dismissText: 'Look at the recording first.', reasonHint: 'Who reported it reads this; it is kept in the audit log', ready: { stopped: 'Confirmed; the broadcast was stopped', warned: 'Confirmed; the host was told to correct it', removed: 'Confirmed; the message was removed', fine: 'The recording has no such words', duplicate: 'The same matter was dealt with' }, done: 'Recorded',
    remove: 'Remove the message', removed: 'Removed', gone: 'The message was removed', waiting: '{n} report | {n} reports',
  },
  organiser: {
    tab: 'Broadcasts', none: 'No broadcast at this fair yet', noneText: 'Employers with a booth schedule them in their own console; they appear here.', watch: 'Watch', watching: 'Watching', stop: 'Stop', stopTitle: 'Stop “{title}”', stopText: 'Viewers and hosts are cut off at once and it cannot go on. The employer and viewers see the reason.', stopDone: 'Stopped', ready: { fraud: 'Says other than the job card', fee: 'Asks candidates for money', illegal: 'Unlawful content', licence: 'Problem with the licence', safety: 'Safety on site' },
    who: '{organisation} · booth {booth}', total: '{n} watching, not counted in the hall', noPicture: 'No picture yet', player: 'Picture of {title}', soundOff: 'Tap for sound', soundOn: 'Sound is on', mute: 'Sound off', notLive: 'Not live yet; the picture comes by itself.', over: 'Ended', rules: 'A stop needs a reason; it is kept in the audit log.', data: 'Picture',
    kicked: 'The line to this broadcast is gone', again: 'Connect again', paused: 'The host has paused and is back in a moment', interruptedFor: 'The host lost the line {for} ago; waiting', hls: 'Ordinary playback, a few seconds behind',
  },
  words: {
    title: 'Held words', lead: 'A message with one of these waits until a host or the organiser lets it through. Every broadcast of the bureau uses this list.', add: 'Add a word', word: 'Word or phrase', kind: 'Kind', addDo: 'Add', search: 'Search', none: 'No held words yet', noneFound: 'Nothing found', count: '{n} word | {n} words', drop: 'Remove {word}', save: 'Save', saved: 'Saved; broadcasts that are on use it at once', unsaved: 'Not saved yet', need: 'Write a word', long: 'At most 30 characters', twice: 'Is there already', many: 'Paste several, one a line', kindText: { fee: 'fees, deposits, agency charges', fraud: 'fake orders, loans, transfers, groups', abuse: 'insults, discrimination' }, hint: 'Spaces and marks do not matter, between the letters neither. Words that are too short hold good people’s messages; write the whole phrase.', short: 'One character holds too many good messages; write two at least', undo: 'Drop the changes',
  },
};
export default live;
