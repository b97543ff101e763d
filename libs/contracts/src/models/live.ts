import type {
  BroadcastKind, BroadcastStatus, HandStatus, HeldWordKind, MessageKind, MessageStatus, SanctionKind, TourPlace,
} from '../words.js';
import type { Id, Instant } from './common.js';
import type { RoomPass } from './rooms.js';
import type { Job } from './jobs.js';

export interface BroadcastSummary {
  id: Id; fairId: Id; fairName: string; boothId: Id; boothNumber: string; organisationId: Id; organisationName: string;
  kind: BroadcastKind; status: BroadcastStatus; title: string;
  /** Path of the cover picture, null: none. */
  coverUrl: string | null;
  startsAt: Instant; endsAt: Instant; startedAt: Instant | null; endedAt: Instant | null;
  viewers: number; peakViewers: number; jobCount: number;
  /** It ended and can be watched again. */
  replay: boolean;
}
/**
 * Step of a 探岗: what was shown, when and where. Latitude and longitude in degrees (WGS 84), accuracy in metres; null: the phone did not say.
 * `locatedAt`: when it said so, with the tick (`shownAt`) or later.
 */
export interface TourStop { place: TourPlace; shownAt: Instant | null; latitude: number | null; longitude: number | null; accuracy: number | null; locatedAt: Instant | null }
export interface Broadcast extends BroadcastSummary {
  roomId: Id;
  organisation: { id: Id; name: string; verifiedBy: string | null; verifiedAt: Instant | null };
  hosts: { accountId: Id; name: string }[];
  jobs: Job[];
  tour: TourStop[];
  /** An organiser ended it: why. */
  stopped: { reason: string; at: Instant } | null;
  state: BroadcastState;
}
export interface ScheduleBroadcast {
  boothId: Id; kind: BroadcastKind; title: string; startsAt: Instant; endsAt: Instant;
  /** Published jobs of the same employer, 1–30, in the order in which they are shown. */
  jobIds: Id[];
  /** Members of the same employer, 1–10. */
  hostIds: Id[];
}
export type UpdateBroadcast = Partial<Omit<ScheduleBroadcast, 'boothId' | 'kind'>>;
/** `scheduled` ends a rehearsal; `live` begins, or goes on after a pause. */
export interface ChangeBroadcastStatus { status: 'scheduled' | 'rehearsing' | 'live' | 'paused' | 'ended' | 'cancelled'; reason?: string }
export interface StopBroadcast { reason: string }
/** A browser's own id, made by it once and kept: people without an account are told apart by it. */
export interface JoinBroadcast { deviceId: Id; as: 'viewer' | 'guest' | 'host' }
export interface BroadcastPass extends RoomPass {
  /** Live playlist (RFC 8216) for players that cannot do WebRTC; null: not made for this broadcast. */
  hlsUrl: string | null;
}

/** The live picture of a broadcast, coalesced: at most a few a second. */
export interface BroadcastState {
  broadcastId: Id; status: BroadcastStatus;
  /** Live, but nothing comes from the hosts: since when. They have time to come back. */
  interruptedSince: Instant | null;
  /** Persons who watch now: one person in two tabs is one. Never added to the people in a hall. */
  viewers: number; peakViewers: number; likes: number;
  pinnedJobId: Id | null;
  /** Seconds between two messages of one viewer; 0: no slow mode. */
  slowModeSeconds: number;
  /** Who speaks with the hosts: shown names. `handId` marks them. */
  stage: { handId: Id; name: string }[];
  raisedHands: number; waitingQuestions: number; heldMessages: number;
  /** Highest number of a held message or an unanswered question, 0: none. One that goes and one that comes leave the counts alike, not this. */
  waitingSeq: number;
  /** Number of the newest message that is shown; the client that has not seen the one before `recent[0]` reads the list. */
  lastSeq: number;
  /** The newest shown messages, oldest first, at most 20. */
  recent: Message[];
  /** Ids of messages that were removed lately: the last 20, and all of the last minute (a ban), at most 100. */
  removed: Id[];
}
export interface Message {
  id: Id; seq: number; kind: MessageKind; text: string;
  /** A shown name: a host's own, a viewer's first character and stars (`林**`). */
  author: string; byHost: boolean; mine: boolean;
  status: MessageStatus; answered: boolean; sentAt: Instant;
  /** Milliseconds since the broadcast started: its place in the replay. */
  offset: number;
}
export interface PostMessage { kind: MessageKind; text: string; deviceId: Id }
export interface MessageQuery { after?: number; before?: number; limit?: number; kind?: MessageKind }
export interface AddLikes { count: number; deviceId: Id }
export interface PinJob { jobId: Id | null }
export interface SetSlowMode { seconds: number }
/** For hosts and organisers: what waits for them. `words` are those that were found. */
export interface Moderation {
  held: (Message & { words: { text: string; kind: HeldWordKind }[] })[];
  questions: Message[];
  sanctions: Sanction[];
}
export interface DecideMessage { shown: boolean }
/**
 * By a message or by a hand, exactly one of them, so that no page needs to know whose it is. Takes the person and the device. `minutes` for a
 * mute, 1–1,440.
 */
export interface Sanctioning { messageId?: Id; handId?: Id; kind: SanctionKind; minutes?: number; reason: string }
export interface Sanction { id: Id; kind: SanctionKind; author: string; until: Instant | null; reason: string; createdAt: Instant }
/** A bureau's list: phrases that a moderator sees before anyone else. */
export interface HeldWord { text: string; kind: HeldWordKind }
export interface SetHeldWords { words: HeldWord[] }

/** A candidate who wants to speak. `place` is 1 for the next; null when they do not wait. */
export interface Hand { id: Id; status: HandStatus; name: string; place: number | null; raisedAt: Instant; invitedAt: Instant | null }
export interface RaiseHand { deviceId: Id }
export interface AnswerInvitation { accept: boolean }

/** What one viewer is here, for their page. */
export interface MyPlace { role: 'viewer' | 'host' | 'moderator'; hand: Hand | null; mutedUntil: Instant | null; banned: boolean; reminded: boolean; appliedJobIds: Id[] }

/** The bearer key of WHIP (RFC 9725), shown once; making another ends the one before. */
export interface WhipKey { url: string; key: string; createdAt: Instant }
export interface ShowTourPlace { latitude?: number; longitude?: number; accuracy?: number }
export interface CardSight { jobId: Id; what: 'saw' | 'tapped'; deviceId: Id }
/** Persons, not clicks, by job. */
export interface Funnel { broadcastId: Id; jobs: { jobId: Id; title: string; saw: number; tapped: number; applied: number }[] }

export interface Replay {
  broadcastId: Id; title: string; startedAt: Instant;
  /** Playlist (RFC 8216, VOD) and its length in milliseconds. */
  hlsUrl: string; duration: number;
  /** When which card was pinned, milliseconds from the start; `to` null: to the end. */
  cards: { jobId: Id; from: number; to: number | null }[];
  messageCount: number;
}
