import type { Like } from '..';
import type zh from '../zh/phone';

const en: Like<typeof zh> = {
  title: 'Fairwind job fairs',
  tabs: { label: 'Main pages', home: 'Home', jobs: 'Jobs', fairs: 'Fairs', tickets: 'Tickets', me: 'Me' },
  listComma: ', ',
  clear: 'Clear',
  seeMore: 'See more',
  kept: 'No network. This is from {time}',
  noEnglish: 'No network: English could not be opened.',
  home: {
    campaign: 'Public job fairs', region: 'Region', regionTitle: 'Where do you look for work?', regionAny: 'Where the fair is',
    on: 'Today’s fair is on', today: 'Today’s fair opens at {time}', next: 'The next fair', until: 'until {time}', itsJobs: 'See its jobs',
    level: { flow: 'You can enter', busy: 'Filling up', near: 'Nearly full', lock: 'Full: please wait' }, stopped: 'Entry is stopped',
    myCode: 'My ticket', getCode: 'Register', way: 'Get there',
    noneTitle: 'No fair is coming up', noneText: 'New ones appear here. Meanwhile, look at the jobs.', past: 'Past fairs',
    quick: 'Shortcuts', findJobs: 'Find jobs', gigs: 'Day work', plan: 'Floor plan', mine: 'Sent',
    near: 'Jobs in {name}', newest: 'New jobs', noJobsTitle: 'No jobs yet', noJobsText: 'They appear here as soon as an employer posts one.',
  },
  signIn: {
    title: 'Sign in by phone', lead: 'The first sign-in makes your account; there is nothing else to fill in.', phone: 'Mobile number', phoneWhy: 'For signing in and for news. Employers see it only if you agree.',
    badPhone: 'Write an 11-digit mobile number', send: 'Send a code', sending: 'Sending…', sentTo: 'The code went to {phone}', otherPhone: 'Other number',
    offline: 'No network: this cannot be shown now', offlineText: 'It opens by itself once you are online.', inLog: 'This server sends no texts: the code stands in its log. Ask the staff for it.', code: 'Code', badCode: 'Write the code that you received', enter: 'Sign in', entering: 'Signing in…',
    again: 'Nothing came? Again in {n} s', resend: 'Send again', waitFor: 'Again in {n} s',
  },
  region: { up: 'Up', whole: 'All of {name}' },
  way: { title: 'Get there', noAddress: 'The organiser has not written the address', amap: 'Amap', baidu: 'Baidu Maps', leaves: 'Opens a map app or page outside of this one.' },
  share: { title: 'Share', weChat: 'Tap “…” at the top right, then “Send to Chat”.', link: 'Link to this page', copy: 'Copy the link' },
  outside: { title: 'Open in a browser', menu: 'Tap “…” at the top right', choose: 'Tap “Open in browser”', again: 'Then tap the same button there' },
  fairs: {
    title: 'Job fairs', search: 'Fair or venue', none: 'No fairs yet', noneFound: 'No such fair', noneText: 'Try other words, or look at the jobs.', showAll: 'Show all',
    phase: { now: 'On now', today: 'Today', ahead: 'Coming', over: 'Over', cancelled: 'Cancelled' }, online: 'Online', both: 'On site and online',
    booths: '{n} booth | {n} booths', jobs: '{n} job | {n} jobs',
  },
  fair: {
    gone: 'There is no such fair', time: 'Time', place: 'Place', onlineOnly: 'Online; no need to come', calendar: 'Add to calendar', plan: 'Floor plan and employers', jobs: 'Jobs at this fair',
    about: 'About', agenda: 'Programme', onNow: 'on now', someJobs: 'Some of its jobs', by: 'Organised by {name}',
    cancelled: 'This fair is cancelled', moved: 'This fair was moved', movedFrom: 'It was', movedTo: 'It is now', movedAt: 'Announced {time}',
    allChanges: 'Changed {n} times', zoneLocked: '{name} is locked early: no entry now',
    register: 'Register', registering: 'Registering…', free: 'Free, no limit', left: '{n} place left | {n} places left', quotaFull: 'All places are taken; you can apply online', signInWhy: 'Sign in to get your ticket.',
  },
  plan: {
    title: 'Floor plan', search: 'Employer or booth number', list: 'Employers here', noneTitle: 'The booths are not placed yet', noneText: 'They appear here once they are.', found: '{n} found', notFound: 'No “{q}” here',
    where: 'Floor plan: {number} is in {zone}', free: 'Free booth', open: 'Open',
  },
  booth: {
    gone: 'There is no such booth', verifiedText: 'The business licence was checked and is valid.', where: 'Show on the floor plan', jobs: 'Open jobs', noJobs: 'No open jobs here now.', over: 'This fair is over; you can still apply for the jobs.',
    contact: 'Leave my number', contactTitle: 'Leave your number with {name}', signInWhy: 'Sign in to leave your number.', note: 'A note (optional)', noteHint: 'For example: please call after three.',
    consent: 'I agree that {name} gets my name and number', consentText: 'Only this employer, to talk about work. Take it back any time under “My consents”.',
    send: 'Leave my number', sending: 'Sending…', sentTitle: 'Done', sentText: '{name} can see your name and number. Take it back under Me, “My consents”.',
    keptTitle: 'No network: kept for later', keptText: 'It is kept on this phone and goes to {name} once you are online.',
  },
  jobs: {
    title: 'Jobs', search: 'Job, employer, kind of work', filters: 'Filters', list: 'List of jobs', any: 'Any', by: { region: 'Region', tag: 'Kind', unit: 'Paid by', pay: 'Pay', fair: 'Fair' },
    units: { month: 'month', day: 'day', hour: 'hour', piece: 'piece' }, payFrom: 'from {n} CNY/month', payLead: 'Jobs that pay at least this, by the month. Piece work cannot be compared and is left out.', thisFair: 'This fair',
    none: 'No jobs yet', noneText: 'They appear here as soon as an employer posts one. Meanwhile, look at the fairs.', noneFound: 'No such job', noneFoundText: 'Leave out a filter, or try other words.', clear: 'Clear all filters', end: 'That was {n} job | That were all {n} jobs',
  },
  job: {
    gone: 'There is no such job', headCount: 'Wanted', people: '{n} person | {n} people', until: 'Open until', place: 'Workplace', content: 'The work', conditions: 'Conditions',
    verified: 'Verified by {by}, {day}', verifiedText: 'The business licence was checked and is valid. The job is open until {day}.', booth: 'Booth {code} at the fair',
    fraud: 'Never pay a fee or hand over your ID card. ', hotline: 'Report: 12333', closed: 'This job is closed', closedText: 'The employer withdrew it, or its date has passed. Have a look at others.',
    apply: 'Apply in one tap', applied: 'Sent {day}', waiting: 'No network: your application is kept and sent later by itself', others: 'Similar jobs',
  },
  apply: {
    title: 'Apply to {name}', lead: '{job} · no CV needed', signInWhy: 'Sign in once, then apply in one tap. No CV needed.', nameNeeded: 'Write your name, so that they know what to call you',
    consent: 'I agree that {name} sees these three', consentText: 'Only this employer, for hiring. Take it back any time under “My consents”.', consentNeeded: 'You must first agree to show them to {name}',
    unknown: 'No network, so what you filled in cannot be shown. Go online to see what you would give, then apply.', withCv: 'Send my CV too', withCvText: '{file}, {size}. You can apply without it.', send: 'Send', sending: 'Sending…', why: 'Tick the box to send', never: 'Employers never see hardship or disability marks',
    sentTitle: 'Sent', sentText: '{name} can see your three details and will call if it fits. Nobody may ask you for money.', keptTitle: 'No network: kept for later', keptText: 'Your application is kept on this phone and goes to {name} by itself once you are online.',
    seeMine: 'See what I sent', lookOn: 'Look at more jobs',
  },
  outbox: {
    title: 'Not sent yet', count: '{n} waiting for the network', waits: 'Kept {time}; sent by itself once you are online', refused: 'It was not accepted: {why}', now: 'Send now', drop: 'Do not send', wentOut: 'Online again: “{what}” was sent',
  },
  tickets: {
    title: 'My tickets', signInWhy: 'Sign in to see your tickets', signInText: 'Those opened on this phone work without a network.', none: 'No tickets yet', noneText: 'Register for a fair; it is free.', toFairs: 'See fairs', offline: 'Tickets are kept on this phone and open without a network.',
  },
  ticket: {
    title: 'My ticket', qr: 'Entry QR code, number {number}', oneEach: 'One person; in and out all day', kept: 'Kept on this phone: works without a network', oldSince: 'Works without a network. Last checked {time}',
    from: 'Opens {time}', zones: 'Zones {zones}', gate: 'Gate', sun: 'Bright sun? Turn the screen to its brightest. ', lit: 'The screen stays on.',
    plan: 'Floor plan', calendar: 'Add to calendar', fair: 'The fair', cancel: 'I cannot come', cancelTitle: 'Give this ticket back?', cancelText: 'Your place goes to somebody else and the code stops working. You can register again.', cancelYes: 'Give it back', cancelNo: 'Keep it', cancelDone: 'The ticket was given back',
    signInWhy: 'Sign in to give it back.', missing: 'This ticket is not on this phone', missingText: 'It may be somebody else’s, or was given back.', missingSignIn: 'Sign in to see it.',
    standing: { good: 'Ready', early: 'Not yet', over: 'Over', cancelled: 'Given back', revoked: 'Revoked', fairCancelled: 'Fair cancelled' },
    why: { over: 'This fair is over.', cancelled: 'You can register again.', revoked: 'Ask at the service desk.', fairCancelled: 'No need to come; the organiser will tell you more.' },
  },
  me: {
    title: 'Me', interviews: 'My interviews', interviewsText: 'Queue, booked times, results', noName: 'No name yet', notSignedIn: 'Not signed in', profileText: 'Name, experience, CV', sent: '{n} application | {n} applications', consentsText: 'Who may see my details; take it back any time', text: 'Text size', textNormal: 'Normal', textLarge: 'Large',
    export: 'Download my data', exportText: 'Everything that we hold of you, in one file', exportDone: 'Downloaded', erase: 'Delete my account', eraseShort: 'Name, phone and CV are deleted',
    eraseTitle: 'Delete your account and data?', eraseGoes: 'Your name, number, CV and all that you wrote are deleted, applications are taken back, and employers see nothing of you any more. Unused tickets end. What stays has numbers only, no name:', eraseStays1: 'Registrations, entries and applications: the law makes fairs keep their ledger for two to three years.', eraseStays2: 'Whom you agreed to and when you took it back, as proof: three years.', eraseStays3: 'Who looked at your details, so that misuse can be found: six months at least.', eraseFinal: 'This cannot be undone.', eraseYes: 'Delete', eraseDone: 'Everything was deleted',
    leaveTitle: 'Sign out?', leaveText: 'Tickets and unsent applications on this phone are removed. Tickets come back when you sign in again.', leaveDone: 'Signed out',
  },
  profile: {
    title: 'My details', lead: 'Write it once and apply without writing again. Only employers that you agree to can see it. Saved as you write.', signInWhy: 'Sign in to write your details', name: 'Name', phone: 'Mobile', phoneHint: 'The number you sign in with.', experience: 'Experience', years: 'Years of work', yearsOf: '{n} year of work | {n} years of work', badYears: 'Write a number from 0 to 70',
    education: 'Education', levels: { none: 'Not given', middle: 'Middle school or less', high: 'High school', vocational: 'Vocational school', college: 'College', bachelor: 'Bachelor', postgraduate: 'Postgraduate' }, wish: 'What I did and look for', wishHint: 'For example: 3 years of assembly, want housing', region: 'Where I want to work', regionNone: 'Anywhere', saving: 'Saving…', saved: 'Saved',
    cv: 'CV', cvNone: 'You can apply without one.', cvChoose: 'Choose a CV file', cvReplace: 'Replace it', cvHint: 'PDF, Word (docx) or a photo, at most 10 MB. Employers get it only when you add it to an application. Once removed, they cannot open it any more.', cvSending: 'Uploading', cvEmpty: 'This file is empty; choose another', cvTooLarge: 'The file has {size} MB; at most 10 MB', cvKind: 'Only PDF, Word (docx), JPG or PNG',
  },
  applications: {
    title: 'Applications', signInWhy: 'Sign in to see what you sent', none: 'Nothing sent yet', noneText: 'When you like a job, apply in one tap. No CV needed.', sentOn: 'Sent {day}', withdraw: 'Take back', withdrawTitle: 'Take back “{job}”?', withdrawText: '{name} will see that you took it back. You can apply again later.', withdrawYes: 'Take it back', withdrawn: 'The application was taken back',
    status: { submitted: 'Sent', seen: 'Seen', shortlisted: 'Interested', rejected: 'Not this time', hired: 'Hired', withdrawn: 'Taken back' },
    meaning: { submitted: 'The employer has not looked yet.', seen: 'Wait for their call.', shortlisted: 'They want to talk; watch your phone.', rejected: 'It did not fit this time; look at others.', hired: 'Well done. They will tell you when to start.', withdrawn: 'You took this application back.' },
  },
  consents: {
    title: 'My consents', signInWhy: 'Sign in to see your consents', lead: 'These employers may see your details. Take it back any time, one by one.', allEnded: 'You took everything back: nobody sees your details now.', none: 'You have agreed to nobody yet', noneText: 'You are asked, one employer at a time, when you apply or leave your number.', purpose: { application: 'Sees my details, for hiring', lead: 'Sees my name and number, to contact me', interview: 'Sees my details and interviews me', station: 'Does things for me, as I asked' },
    since: 'Agreed {day}', ended: 'Taken back {day}', takeBack: 'Take back', takeBackTitle: 'Take back what {name} may see?', follows1: 'They stop seeing your name, number and CV at once.', follows2: 'Your applications there count as taken back.', follows3: 'If you apply there again, you are asked anew.', done: 'Taken back: {name} sees nothing now',
  },
};
export default en;
