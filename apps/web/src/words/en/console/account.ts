import type { Like } from '../..';
import type zh from '../../zh/console/account';

const account: Like<typeof zh> = {
  title: 'My account', changePassword: 'Change password', oldPassword: 'Present password', newPassword: 'New password', rule: 'At least 10 characters, not a common one', change: 'Change password', changed: 'Changed. Other devices have to sign in again.',
  displayName: 'Your name', displayNameHint: 'As colleagues and the audit log see it', needDisplayName: 'Enter your name', loginNameHint: 'To sign in with: 3 letters or digits and more, such as chen.ke',
  link: {
    title: 'One-time link', invitation: 'Join the console', passwordReset: 'Set a new password', firstAdministrator: 'Set up the first administrator',
    joins: '{organisation} invites you as {role}. Set up your account and begin.', resets: 'A new password for the account {name}.', first: 'Nobody can sign in yet. Set up an account; you are the platform administrator.',
    leaves: '{name} is signed in in this browser; the new account takes over.', enter: 'Set up and enter', set: 'Change and enter', until: 'This link is good until {time}, once.',
    over: 'This link no longer works', overText: 'It was used or has expired. Ask for another from whoever gave it to you.', toSignIn: 'Sign in',
  },
  members: {
    title: 'People', invite: 'Invite a colleague', none: 'Nobody yet. Invite an administrator and send the link.', name: 'Name', role: 'Role', since: 'Joined', you: 'You', disabled: 'Disabled',
    as: 'As what', make: 'Make the link', invited: 'The invitation is ready', invitedText: 'Send it to this one colleague ({role}), who sets an account and a password.',
    can: { organiserStaff: 'Fairs, licence review, gates', organiserAdmin: 'Also people, suspending employers, the audit log', recruiter: 'Jobs and applications', employerAdmin: 'Also licences and people', stationClerk: 'Helps people without a phone' },
    reset: 'Reset password', resetTitle: 'Reset the password of {name}', resetText: 'This makes a link. Send it to the person, who sets a new password; the old one works until then.', resetDo: 'Make the link', resetSend: 'Send it to {name}, who sets a new password.',
    disable: 'Disable', disableTitle: 'Disable the account of {name}', disableText: 'They cannot sign in from now on, and are signed out. It can be undone.', enable: 'Let in again', enableTitle: 'Let {name} in again', enableText: 'They sign in with their old password.',
    remove: 'Remove', removeTitle: 'Remove {name}', removeText: 'They can no longer use this console from now on, and the account cannot sign in any more.', removed: '{name} was removed',
  },
  audit: {
    lead: 'Who did what and when; lines are only added', when: 'When', who: 'Who', what: 'What', why: 'Reason', none: 'No lines yet',
    device: 'A gate’s device', nobody: 'Somebody not signed in',
    action: {
      fairCreated: 'Made a fair', fairPublished: 'Published a fair', fairOpen: 'Opened a fair', fairClosed: 'Closed a fair', fairArchived: 'Archived a fair', fairCancelled: 'Cancelled a fair', fairDraft: 'Took a fair back to draft', fairRescheduled: 'Rescheduled a fair',
      organisationRegistered: 'Registered the organisation', organisationUpdated: 'Changed the organisation', organisationStatus: 'Suspended or resumed it', licenceSubmitted: 'Uploaded a licence', licenceReviewed: 'Reviewed a licence', licenceOpened: 'Looked at a licence',
      memberInvited: 'Invited a colleague', memberJoined: 'Joined', memberRemoved: 'Removed a colleague', memberDisabled: 'Disabled a colleague’s account', memberEnabled: 'Let a colleague in again', passwordChanged: 'Changed the password', passwordReset: 'Reset the password by link', passwordOffered: 'Made a reset link',
      applicantsExported: 'Exported applications', cvOpened: 'Opened a CV', phoneRevealed: 'Looked at a phone number', personExported: 'Exported personal data', personErased: 'Erased personal data',
      zoneCapacity: 'Changed an approved number', zoneLocked: 'Locked early', zoneUnlocked: 'Unlocked', fairStopped: 'Stopped all entry', fairResumed: 'Resumed entry', entryOverridden: 'Let somebody in by hand',
      pairingCode: 'Made a pairing code', devicePaired: 'Paired a device', deviceRevoked: 'Revoked a device', passesIssued: 'Issued passes', ticketRevoked: 'Revoked a ticket', gateCreated: 'Added a gate', gateUpdated: 'Changed a gate', gateRemoved: 'Removed a gate', phoneExported: 'Exported phone numbers', deviceSignedOut: 'A device signed out',
      presenceCorrected: 'Corrected a number by hand', presenceSwept: 'Ended the day', conflictDecided: 'Decided records that do not agree', leaseSettled: 'Settled offline places', gateRulesSet: 'Changed the gates’ rules', quarantineAccepted: 'Counted a revoked device’s records', quarantineRejected: 'Left out a revoked device’s records',
      stationRegistered: 'Registered a person at a station', stationSeen: 'Looked at a station’s people', stationLeft: 'Took a person off a station',
      broadcastStopped: 'Stopped a broadcast', personMuted: 'Muted a viewer', personBanned: 'Removed a viewer', heldWords: 'Changed held words', complaintUpheld: 'Upheld a report', complaintDismissed: 'Dismissed a report',
    },
  },
};
export default account;
