/**
 * Who may see each event. An audience is the name of a socket room; a client is put into the rooms that its topic and its
 * actor allow. A new event does not compile until somebody has decided here.
 */
import type { Envelope, EventType } from './events.js';

export type Audience =
  /** Anyone who looks at a public fair. */
  | `fair:${string}`
  /** The organiser's people on one fair's desk. */
  | `desk:${string}`
  /** Signed-in gate devices of one fair. */
  | `gates:${string}`
  /** Members of one organisation. */
  | `organisation:${string}`
  /** One person, on all their devices. */
  | `account:${string}`
  /** Anyone who watches one broadcast. */
  | `broadcast:${string}`
  /** Anyone who looks at one booth's queue. */
  | `queue:${string}`
  /** Bureau staff who review organisations and licences. */
  | 'reviewers';

type Decide<T extends EventType> = (event: Envelope<T>) => Audience[];

const desk = (e: { data: { fairId: string } }): Audience[] => [`desk:${e.data.fairId}`];
const deskAndGates = (e: { data: { fairId: string } }): Audience[] => [`desk:${e.data.fairId}`, `gates:${e.data.fairId}`];
const everyoneAtFair = (e: { data: { fairId: string } }): Audience[] =>
  [`fair:${e.data.fairId}`, `desk:${e.data.fairId}`, `gates:${e.data.fairId}`];
const broadcast = (e: { data: { broadcastId: string } }): Audience[] => [`broadcast:${e.data.broadcastId}`];
const organisation = (e: { data: { organisationId: string } }): Audience[] => [`organisation:${e.data.organisationId}`];
const reviewers = (e: { data: { organisationId: string } }): Audience[] => [`organisation:${e.data.organisationId}`, 'reviewers'];
const person = (e: { data: { accountId: string | null } }): Audience[] => (e.data.accountId ? [`account:${e.data.accountId}`] : []);
/** The clerks who help the person, where there are some. */
const station = (e: { data: { stationId?: string | null } }): Audience[] => (e.data.stationId ? [`organisation:${e.data.stationId}`] : []);

export const audiences: { readonly [T in EventType]: Decide<T> } = {
  'organisation.registered': reviewers,
  'organisation.statusChanged': reviewers,
  'licence.submitted': reviewers,
  'licence.reviewed': reviewers,
  'member.joined': organisation,
  'member.removed': (e) => [...organisation(e), ...person(e)],
  'member.statusChanged': (e) => [...organisation(e), ...person(e)],
  'consent.given': (e) => [...organisation(e), ...person(e)],
  'consent.withdrawn': (e) => [...organisation(e), ...person(e)],
  'person.erased': person,

  'fair.created': (e) => [`organisation:${e.data.organiserId}`],
  'fair.updated': everyoneAtFair,
  'fair.statusChanged': everyoneAtFair,
  'fair.rescheduled': everyoneAtFair,
  'zone.capacityChanged': deskAndGates,

  'boothApplication.submitted': (e) => [...desk(e), ...organisation(e)],
  'boothApplication.decided': (e) => [...desk(e), ...organisation(e)],
  'boothApplication.withdrawn': (e) => [...desk(e), ...organisation(e)],
  'booth.placed': (e) => [`fair:${e.data.fairId}`, ...desk(e)],
  'booth.removed': (e) => [`fair:${e.data.fairId}`, ...desk(e)],
  'lead.collected': (e) => [...organisation(e), ...person(e)],

  'job.saved': organisation,
  'job.published': organisation,
  'job.closed': organisation,
  'job.removed': organisation,
  'job.listed': (e) => [`fair:${e.data.fairId}`, ...organisation(e)],
  'application.submitted': (e) => [...organisation(e), ...person(e)],
  'application.statusChanged': (e) => [...organisation(e), ...person(e)],

  'ticket.registered': (e) => [...desk(e), ...person(e)],
  'ticket.cancelled': (e) => [...desk(e), ...person(e)],
  'ticket.revoked': (e) => [...deskAndGates(e), ...person(e)],

  'device.paired': desk,
  'device.revoked': deskAndGates,
  // Check-ins reach dashboards as coalesced snapshots, not one by one (10 a second at most).
  'checkIn.recorded': () => [],
  'checkIn.voided': desk,
  'scan.refused': () => [],
  'zone.lockChanged': everyoneAtFair,
  'fair.stopChanged': everyoneAtFair,
  'entry.overridden': desk,
  'lease.granted': desk,
  'lease.recalled': deskAndGates,
  'lease.ended': desk,
  // What it means for people is in the zones' numbers.
  'places.held': () => [],
  'conflict.raised': desk,
  'conflict.decided': desk,
  'upload.quarantined': desk,
  'quarantine.decided': desk,
  'device.clockChanged': deskAndGates,
  'presence.corrected': desk,
  'presence.swept': deskAndGates,

  // A room's life is told by its media node, on its own socket.
  'room.opened': () => [],
  'room.closed': () => [],
  'room.placed': () => [],
  'room.mediaChanged': () => [],
  'room.sourcesTaken': () => [],
  // Its hosts and the organiser watch the broadcast; viewers' pages say nothing of it.
  'room.publisherEnded': (e) => (e.data.kind === 'broadcast' ? [`broadcast:${e.data.ownerId}`] : []),
  'room.recordingChanged': () => [],
  'recording.ended': () => [],

  'broadcast.scheduled': (e) => [`fair:${e.data.fairId}`, ...desk(e), ...organisation(e)],
  'broadcast.updated': (e) => [`fair:${e.data.fairId}`, ...broadcast(e), ...desk(e), ...organisation(e)],
  'broadcast.statusChanged': (e) => [`fair:${e.data.fairId}`, ...broadcast(e), ...desk(e), ...organisation(e)],
  'broadcast.interrupted': (e) => [...broadcast(e), ...desk(e)],
  'job.pinned': broadcast,
  'tourPlace.shown': broadcast,
  'tourPlace.located': broadcast,
  // Chat, likes and viewers reach pages with the broadcast's picture, a few a second.
  'message.posted': () => [],
  'message.decided': () => [],
  'hand.changed': (e) => [...broadcast(e), ...person(e)],
  'sanction.made': () => [],
  'sanction.lifted': () => [],
  'slowMode.changed': broadcast,
  // Never the employer: whoever complains need not fear them.
  'complaint.made': desk,
  'complaint.decided': (e) => [...desk(e), ...person(e)],
  'broadcast.counted': () => [],

  'queue.changed': (e) => [`fair:${e.data.fairId}`, `queue:${e.data.boothId}`, ...organisation(e)],
  // Places reach pages with the queue's picture; the person and the booth's recruiters are told at once.
  'queuePlace.changed': (e) => [...organisation(e), ...person(e), ...station(e)],
  'slots.published': (e) => [`queue:${e.data.boothId}`, ...organisation(e)],
  'slot.changed': (e) => [...organisation(e), ...person(e), ...station(e)],
  'slot.shifted': (e) => [...organisation(e), ...person(e), ...station(e)],
  'interview.called': (e) => [...organisation(e), ...person(e), ...station(e)],
  'interview.statusChanged': (e) => [...organisation(e), ...person(e), ...station(e)],
  'interview.updated': (e) => [...organisation(e), ...person(e)],
  'interviewMessage.sent': (e) => [...organisation(e), ...person(e)],
  'scoreSheet.saved': organisation,
  'interview.decided': (e) => [...desk(e), ...organisation(e), ...person(e)],

  'alert.raised': desk,
  'forecast.alarmed': desk,
  'forecast.calmed': desk,
  'alert.cleared': desk,
};

/** Types that nobody is sent one by one: their audience is always empty, and a client's catch-up need not read them. */
export const coalescedTypes = [
  'checkIn.recorded', 'scan.refused', 'places.held', 'room.opened', 'room.closed', 'room.placed', 'room.mediaChanged', 'room.sourcesTaken', 'room.recordingChanged',
  'recording.ended', 'message.posted', 'message.decided', 'sanction.made', 'sanction.lifted', 'broadcast.counted',
] as const satisfies EventType[];
