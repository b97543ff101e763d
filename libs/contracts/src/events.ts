/**
 * Every fact of the system, declared once. Ids and facts only, JSON only, no personal data: the log is kept and read by
 * many. The scope of each event (fair, organisation, platform) is chosen where it is appended.
 */
import type { CrowdLevel } from './crowd.js';
import type { ConflictKind } from './models/offline.js';
import type {
  ApplicationSource, ApplicationStatus, BroadcastStatus, ComplaintKind, ComplaintStatus, ComplaintSubject, ConsentPurpose, FairStatus, HandStatus, InterviewOutcome, InterviewStatus, MediaSource, MembershipRole, MessageKind, MessageStatus, PlaceStatus, PublisherEnd, QueueStatus,
  RefusalReason, RoomKind, SanctionKind, SlotStatus, TicketKind, TourPlace,
} from './words.js';

export interface EventMap {
  // identity
  /** A bureau, an employer or a station was entered. */
  'organisation.registered': { organisationId: string; kind: 'organiser' | 'employer' | 'station' };
  /** An organisation was suspended or let back in. */
  'organisation.statusChanged': { organisationId: string; status: 'active' | 'suspended'; reason: string };
  /** A licence with its scan waits for review. */
  'licence.submitted': { licenceId: string; organisationId: string };
  'licence.reviewed': { licenceId: string; organisationId: string; approved: boolean };
  /** Somebody joined an organisation by an invitation. */
  'member.joined': { organisationId: string; accountId: string; role: MembershipRole };
  'member.removed': { organisationId: string; accountId: string };
  /** A member's account was disabled, or let in again. */
  'member.statusChanged': { organisationId: string; accountId: string; disabled: boolean };
  /** A candidate agreed that one employer sees their details. */
  'consent.given': { consentId: string; accountId: string; organisationId: string; purpose: ConsentPurpose };
  /** The candidate took it back: from now on the employer sees nothing of theirs. */
  'consent.withdrawn': { consentId: string; accountId: string; organisationId: string; purpose: ConsentPurpose };
  /** A person's data were erased at their wish; their key is destroyed. */
  'person.erased': { accountId: string };

  // fairs
  'fair.created': { fairId: string; organiserId: string; clonedFromId: string | null };
  /** Name, text, agenda, zones, gates or the tickets' times were changed: readers fetch the fair again. */
  'fair.updated': { fairId: string };
  'fair.statusChanged': { fairId: string; from: FairStatus; to: FairStatus; reason: string };
  /** The fair was moved (weather): instants are ISO 8601 UTC. */
  'fair.rescheduled': {
    fairId: string;
    from: { startsAt: string; endsAt: string; venueName: string };
    to: { startsAt: string; endsAt: string; venueName: string };
    reason: string;
  };
  /** 调核定数: a zone's approved number was changed. */
  'zone.capacityChanged': { fairId: string; zoneId: string; from: number; to: number; reason: string };

  // booths
  'boothApplication.submitted': { fairId: string; boothApplicationId: string; organisationId: string };
  'boothApplication.decided': { fairId: string; boothApplicationId: string; organisationId: string; approved: boolean };
  'boothApplication.withdrawn': { fairId: string; boothApplicationId: string; organisationId: string };
  /** A booth was made, moved, removed or given to somebody. */
  'booth.placed': { fairId: string; boothId: string; organisationId: string | null };
  'booth.removed': { fairId: string; boothId: string };
  /** A candidate left their contact at a booth. */
  'lead.collected': { fairId: string; leadId: string; boothId: string; organisationId: string; accountId: string };

  // jobs
  /** A job was entered or its text was changed, published or not. */
  'job.saved': { jobId: string; organisationId: string };
  'job.published': { jobId: string; organisationId: string };
  'job.closed': { jobId: string; organisationId: string };
  /** A draft that was never published was thrown away. */
  'job.removed': { jobId: string; organisationId: string };
  /** A job is shown at a fair, or no longer. */
  'job.listed': { fairId: string; jobId: string; organisationId: string; listed: boolean };
  'application.submitted': {
    applicationId: string; jobId: string; fairId: string | null; broadcastId: string | null; organisationId: string; accountId: string;
    source: ApplicationSource;
  };
  'application.statusChanged': {
    applicationId: string; jobId: string; fairId: string | null; organisationId: string; accountId: string;
    status: ApplicationStatus;
  };

  // tickets
  'ticket.registered': { fairId: string; ticketId: string; accountId: string | null; kind: TicketKind };
  /** `placeFreed`: a place of the quota is free again. Absent in old events: yes when cancelled, unknown when revoked. */
  'ticket.cancelled': { fairId: string; ticketId: string; accountId: string | null; placeFreed?: boolean };
  'ticket.revoked': { fairId: string; ticketId: string; accountId: string | null; reason: string; placeFreed?: boolean };

  // attendance
  'device.paired': { fairId: string; deviceId: string; gateId: string };
  'device.revoked': { fairId: string; deviceId: string; gateId: string; reason: string };
  /** A person passed a gate. `zones` holds each zone whose counter moved by `change`, with the number inside after it. */
  'checkIn.recorded': {
    fairId: string; checkInId: string; scanId: string; ticketId: string; gateId: string; direction: 'entry' | 'exit';
    zones: { zoneId: string; change: number; inside: number }[];
    /** Persons, with a ticket for several; absent: one. */
    persons?: number;
    /** For how many the ticket is; absent: for one. */
    size?: number;
    /** The gate's zone then, and the record's place in the ticket's day (microseconds since 1970): what a rebuild is made of. */
    zoneId?: string; order?: number;
    /** Decided without a network and uploaded later. */
    offline?: boolean;
    /** First entry of this ticket at this fair, of however many persons. */
    first: boolean;
    override: boolean;
  };
  /** A passage that was recorded did not take place: the gate had refused, and its question was answered too late. */
  'checkIn.voided': {
    fairId: string; checkInId: string; ticketId: string; zones: { zoneId: string; change: number; inside: number }[]; reason: string;
    /** When it was said to have happened; absent in old events: on the day of this. */
    passedAt?: string;
  };
  /** A person was not let through; kept as evidence. */
  'scan.refused': { fairId: string; scanId: string; gateId: string; direction: 'entry' | 'exit'; reason: RefusalReason; ticketId: string | null };
  /** 提前锁闸 (locked) or its end. */
  'zone.lockChanged': { fairId: string; zoneId: string; locked: boolean; reason: string };
  /** 全场停入 (stopped) or its end. */
  'fair.stopChanged': { fairId: string; stopped: boolean; reason: string };
  /** 人工放行: a person was let in past a full or locked zone, by name and with a reason. */
  'entry.overridden': { fairId: string; scanId: string; zoneId: string; gateId: string; ticketId: string; reason: string };

  /** A device may let in so many persons without a network; their places are held in each of the zones. */
  'lease.granted': { fairId: string; leaseId: string; deviceId: string; gateId: string; zoneIds: string[]; places: number };
  /** Somebody waits at a full gate while this lease has places: the device gives back what it has not used. */
  'lease.recalled': { fairId: string; leaseId: string; deviceId: string; gateId: string };
  /** It ended; `held` persons of it are still kept: used and not uploaded, or perhaps inside (`presumed`). */
  'lease.ended': { fairId: string; leaseId: string; deviceId: string; gateId: string; zoneIds: string[]; how: 'reported' | 'presumed' | 'settled'; held: number };
  /** So many places are kept for this lease or conflict in each of the zones, from now on. Whatever changes the number tells it: what a rebuild is made of. */
  'places.held': { fairId: string; holder: 'lease' | 'conflict'; holderId: string; zoneIds: string[]; held: number };
  /** Two gates' records of one ticket, or an admission that the server would have refused. */
  'conflict.raised': { fairId: string; conflictId: string; kind: ConflictKind; scanId: string; gateId: string; ticketId: string | null };
  'conflict.decided': { fairId: string; conflictId: string; kind: ConflictKind; decision: 'samePerson' | 'anotherPerson' | 'noted' | 'explained' | 'swept' };
  /** A revoked device has uploaded records: they wait for the organiser. */
  'upload.quarantined': { fairId: string; deviceId: string; gateId: string; records: number };
  'quarantine.decided': { fairId: string; deviceId: string; records: number; accepted: boolean; reason: string };
  /** A device's clock is a minute and more from the server's (milliseconds), or right again. */
  'device.clockChanged': { fairId: string; deviceId: string; gateId: string; offsetMs: number; wrong: boolean };
  /** By hand: persons were added to or taken from zones, by name and with a reason. */
  'presence.corrected': {
    fairId: string; correctionId: string; zoneId: string; gateId: string | null; persons: number; ticketId: string | null; reason: string;
    zones: { zoneId: string; change: number; inside: number }[]; order: number;
    /** For how many the ticket is; absent: for one, or no ticket's. */
    size?: number;
  };
  /** The day is over: everybody who was still counted is out. `order` as in checkIn.recorded. */
  'presence.swept': { fairId: string; sweepId: string; persons: number; reason: string; zones: { zoneId: string; change: number; inside: number }[]; order: number };

  // rooms
  /** A live room was opened for a broadcast or an interview (`ownerId`); it is placed on a media node when somebody enters. */
  'room.opened': { roomId: string; kind: RoomKind; ownerId: string };
  'room.closed': { roomId: string; kind: RoomKind; ownerId: string };
  /** A media node took the room; a higher `epoch` is a later placing, after a node or a worker was lost. */
  'room.placed': { roomId: string; kind: RoomKind; ownerId: string; nodeId: string; epoch: number };
  /** The first host's track came (true), or the last one went (false). */
  'room.mediaChanged': { roomId: string; kind: RoomKind; ownerId: string; publishing: boolean };
  /** A person may no longer send these sources; all of them and `removed`: leaves the room. `personKey`: `account:…` or `device:…`. */
  'room.sourcesTaken': { roomId: string; personKey: string; sources: MediaSource[]; removed: boolean; reason: string };
  /** Somebody's media were ended by the node that carried them; pages say why. They may come in again. */
  'room.publisherEnded': { roomId: string; kind: RoomKind; ownerId: string } & PublisherEnd;
  /** Recording was asked for, or its end. */
  'room.recordingChanged': { roomId: string; kind: RoomKind; ownerId: string; recording: boolean };
  /** Everything of a recording is stored; milliseconds. */
  'recording.ended': { recordingId: string; roomId: string; kind: RoomKind; ownerId: string; duration: number };

  // live
  'broadcast.scheduled': { fairId: string; broadcastId: string; organisationId: string };
  /** Title, cover, times, jobs or hosts were changed: readers fetch it again. */
  'broadcast.updated': { fairId: string; broadcastId: string; organisationId: string };
  'broadcast.statusChanged': { fairId: string; broadcastId: string; organisationId: string; from: BroadcastStatus; to: BroadcastStatus; reason: string };
  /** Nothing comes from the hosts (true), or something again. */
  'broadcast.interrupted': { fairId: string; broadcastId: string; interrupted: boolean };
  'job.pinned': { fairId: string; broadcastId: string; jobId: string | null };
  'tourPlace.shown': { fairId: string; broadcastId: string; place: TourPlace };
  /** A stop that was ticked without a place has one now. */
  'tourPlace.located': { fairId: string; broadcastId: string; place: TourPlace };
  /** A message in a broadcast's chat; its text is not in the log. */
  'message.posted': { fairId: string; broadcastId: string; messageId: string; kind: MessageKind; status: MessageStatus };
  'message.decided': { fairId: string; broadcastId: string; messageId: string; status: MessageStatus };
  'hand.changed': { fairId: string; broadcastId: string; handId: string; accountId: string; status: HandStatus };
  'sanction.made': { fairId: string; broadcastId: string; sanctionId: string; kind: SanctionKind; reason: string };
  'sanction.lifted': { fairId: string; broadcastId: string; sanctionId: string };
  'slowMode.changed': { fairId: string; broadcastId: string; seconds: number };
  /** Somebody complained of a broadcast; its text is not in the log. */
  'complaint.made': { fairId: string; broadcastId: string; complaintId: string; kind: ComplaintKind; subject: ComplaintSubject };
  /** The organiser decided. `accountId`: who complained; null: they were not signed in. */
  'complaint.decided': { fairId: string; broadcastId: string; complaintId: string; accountId: string | null; status: ComplaintStatus };
  /** Likes or viewers moved: numbers of now, coalesced by the process that counts them. */
  'broadcast.counted': { fairId: string; broadcastId: string; viewers: number; likes: number };

  // interviews
  /** A booth's queue was opened, paused, limited or closed. */
  'queue.changed': { fairId: string; boothId: string; organisationId: string; status: QueueStatus };
  /** `stationId`, here and below: the station whose clerk acts for the person; its people are told, too. */
  'queuePlace.changed': { fairId: string; boothId: string; organisationId: string; placeId: string; accountId: string; status: PlaceStatus; stationId?: string | null };
  'slots.published': { fairId: string; boothId: string; organisationId: string; slotIds: string[] };
  /** `accountId`: who has booked it, or had. */
  'slot.changed': { fairId: string; boothId: string; organisationId: string; slotId: string; accountId: string | null; status: SlotStatus; stationId?: string | null };
  /** The one before runs over: this one begins later (ISO 8601 UTC), or on time again. */
  'slot.shifted': { fairId: string; boothId: string; organisationId: string; slotId: string; accountId: string; expectedAt: string; stationId?: string | null };
  'interview.called': { fairId: string; boothId: string; organisationId: string; interviewId: string; accountId: string; stationId?: string | null };
  'interview.statusChanged': { fairId: string; boothId: string; organisationId: string; interviewId: string; accountId: string; from: InterviewStatus; to: InterviewStatus; stationId?: string | null };
  /** Interviewers, time or recording were changed: readers fetch it again. */
  'interview.updated': { fairId: string; organisationId: string; interviewId: string; accountId: string };
  /** A written line in an interview; its text is not in the log. */
  'interviewMessage.sent': { fairId: string; organisationId: string; interviewId: string; accountId: string; seq: number };
  'scoreSheet.saved': { fairId: string; organisationId: string; interviewId: string; interviewerId: string };
  /** `first`: there was no decision before; `was`: the one that it replaces. */
  'interview.decided': { fairId: string; boothId: string; organisationId: string; interviewId: string; accountId: string; outcome: InterviewOutcome; was: InterviewOutcome | null };

  // insights
  /** A zone crossed a level upwards. */
  'alert.raised': { fairId: string; alertId: string; zoneId: string; level: Exclude<CrowdLevel, 'flow'>; inside: number; approved: number };
  /** At this rate the zone is full soon (`at`, ISO 8601 UTC), or no longer. */
  'forecast.alarmed': { fairId: string; zoneId: string; minutes: number; at: string };
  'forecast.calmed': { fairId: string; zoneId: string };
  'alert.cleared': { fairId: string; alertId: string; zoneId: string; level: Exclude<CrowdLevel, 'flow'> };
}

export type EventType = keyof EventMap;

/** What an event belongs to; a fair's events are its dashboard's, an organisation's are its members'. */
export type Scope = { kind: 'fair'; id: string } | { kind: 'organisation'; id: string } | { kind: 'platform' };

/** An event as it lies in the log and travels on the bus. */
export interface Envelope<T extends EventType = EventType> {
  /** UUID; a reactor's idempotency key. */
  id: string;
  /** Place in the log, 1, 2, 3…, without gaps. */
  position: number;
  type: T;
  scope: Scope;
  actorId: string | null;
  data: EventMap[T];
  /** The device's time, corrected; ISO 8601 UTC. Drives curves. */
  happenedAt: string;
  /** The database's time; ISO 8601 UTC. Drives the order of truth. */
  recordedAt: string;
}

/** A union over all types, so that `switch (event.type)` narrows `event.data`. */
export type AnyEnvelope = { [T in EventType]: Envelope<T> }[EventType];
