import { t, type WordKey } from '../../../words';

type Action = WordKey extends infer K ? (K extends `console.account.audit.action.${infer A}` ? A : never) : never;
/** Every action that is written to the audit log, and its words. */
const words: Record<string, Action> = {
  'organisation.registered': 'organisationRegistered', 'organisation.updated': 'organisationUpdated', 'organisation.statusChanged': 'organisationStatus',
  'licence.submitted': 'licenceSubmitted', 'licence.reviewed': 'licenceReviewed', 'licence.opened': 'licenceOpened',
  'member.invited': 'memberInvited', 'member.joined': 'memberJoined', 'member.removed': 'memberRemoved', 'member.disabled': 'memberDisabled', 'member.enabled': 'memberEnabled',
  'password.changed': 'passwordChanged', 'password.reset': 'passwordReset', 'password.resetOffered': 'passwordOffered',
  'fair.created': 'fairCreated', 'fair.published': 'fairPublished', 'fair.open': 'fairOpen', 'fair.closed': 'fairClosed', 'fair.archived': 'fairArchived', 'fair.cancelled': 'fairCancelled', 'fair.draft': 'fairDraft', 'fair.rescheduled': 'fairRescheduled',
  'applicants.exported': 'applicantsExported', 'cv.opened': 'cvOpened', 'phone.revealed': 'phoneRevealed', 'person.exported': 'personExported', 'person.erased': 'personErased',
  'zone.capacityChanged': 'zoneCapacity', 'zone.locked': 'zoneLocked', 'zone.unlocked': 'zoneUnlocked', 'fair.stopped': 'fairStopped', 'fair.resumed': 'fairResumed', 'entry.overridden': 'entryOverridden',
  'pairingCode.made': 'pairingCode', 'device.paired': 'devicePaired', 'device.revoked': 'deviceRevoked', 'passes.issued': 'passesIssued', 'ticket.revoked': 'ticketRevoked', 'gate.created': 'gateCreated', 'gate.updated': 'gateUpdated', 'gate.removed': 'gateRemoved', 'phone.exported': 'phoneExported', 'device.signedOut': 'deviceSignedOut',
  'presence.corrected': 'presenceCorrected', 'presence.swept': 'presenceSwept', 'conflict.decided': 'conflictDecided', 'lease.settled': 'leaseSettled', 'gateRules.set': 'gateRulesSet', 'quarantine.accepted': 'quarantineAccepted', 'quarantine.rejected': 'quarantineRejected',
  'station.personRegistered': 'stationRegistered', 'station.personSeen': 'stationSeen', 'station.personLeft': 'stationLeft',
  'broadcast.stopped': 'broadcastStopped', 'person.muted': 'personMuted', 'person.banned': 'personBanned', 'heldWords.replaced': 'heldWords', 'complaint.upheld': 'complaintUpheld', 'complaint.dismissed': 'complaintDismissed',
};
/** An action in words; one that is not known here is shown as it is written. */
export const actionWord = (action: string): string => (words[action] ? t(`console.account.audit.action.${words[action]}`) : action);
