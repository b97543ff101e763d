import type { InterviewOutcome, InterviewStatus, PlaceMode, PlaceStatus, QueueStatus, SlotStatus } from '../words.js';
import type { Id, Instant } from './common.js';
import type { InterviewTotals } from './insights.js';
import type { RoomPass } from './rooms.js';

// The queue of a booth

/** The live picture of a booth's queue, coalesced, for anyone. Nobody in it has a name: a place's id is known to its holder only. */
export interface QueueState {
  boothId: Id; status: QueueStatus;
  /** In order; the first is called next. */
  waiting: QueueTurn[];
  /** Called now, and in a room or at the table now. */
  called: Id[]; interviewing: Id[];
  /** Recruiters who have called somebody within the last quarter of an hour, or are in an interview. */
  recruiters: number;
  /** Minutes that an interview takes here: measured once there are some, what the recruiter planned before. */
  minutesEach: number;
  /** Most that may wait; null: no limit. */
  limit: number | null;
}
/** Seconds until the call, as a range that four of five calls should fall into. */
export interface QueueTurn { placeId: Id; earliest: number; latest: number }

/** One's own place. `position` is 1 for the next; 0 when called or missed. */
export interface QueuePlace {
  id: Id; boothId: Id; boothNumber: string; fairId: Id; organisationId: Id; organisationName: string;
  job: { id: Id; title: string } | null; mode: PlaceMode; status: PlaceStatus;
  position: number; earliest: number; latest: number;
  /** Of the queue: while it is paused nobody is called, and the range says nothing. */
  queueStatus?: QueueStatus;
  /** Called: answer until then. Missed: come back until then, and be called next. */
  until: Instant | null;
  /** The interview to enter when called. */
  interviewId: Id | null;
  joinedAt: Instant;
}
/** `consent`: the candidate's own yes to this employer; false is refused with `consentRequired`. */
export interface JoinQueue { jobId?: Id; mode: PlaceMode; consent: boolean }

/** For the booth's recruiters. */
export interface QueueDesk {
  state: QueueState;
  places: DeskPlace[];
  /** Running now, with who leads them. */
  interviews: InterviewSummary[];
  accuracy: EstimateAccuracy;
  /** Planned for each, as `SetQueue` sets it. */
  minutes?: number;
}
/** `candidate` null: the consent was taken back, the place is about to go. */
export interface DeskPlace {
  id: Id; status: PlaceStatus; mode: PlaceMode; position: number; joinedAt: Instant; until: Instant | null;
  candidate: { name: string; education: string; experienceYears: number | null; hasCv: boolean; atStation: boolean } | null;
  job: { id: Id; title: string } | null;
  /** In another employer's room now: is passed over, and keeps the place. */
  busy: boolean;
}
/**
 * How estimates held against what happened: of the first calls of places that were told a range when they joined. An error is the minutes between the
 * middle of the range and the wait; `ninetieth`: nine of ten were off by that at most. `within`: the share of calls that fell into their range, 0–1.
 * `uncalled`: who was never called and waited past what was said, until the place ended or until now; they count into all of it, outside of their range.
 */
export interface EstimateAccuracy { calls: number; uncalled?: number; medianError: number; ninetieth: number; within: number }
/** A fair's interviews for its organiser: numbers only, and each booth that had any or a queue, by its number. */
export interface InterviewReport { totals: InterviewTotals; accuracy: EstimateAccuracy; booths: BoothInterviews[] }
export interface BoothInterviews { boothId: Id; boothNumber: string; organisationName: string; totals: InterviewTotals; accuracy: EstimateAccuracy }
/** `minutes`: planned for each interview, 3–60. `limit` null: none. */
export interface SetQueue { status?: QueueStatus; limit?: number | null; minutes?: number }
/** Without `placeId`: the first who is free. */
export interface CallNext { placeId?: Id }
export interface SkipPlace { reason: string }

// Slots

export interface Slot {
  id: Id; fairId: Id; boothId: Id; boothNumber: string; organisationId: Id; organisationName: string; job: { id: Id; title: string } | null;
  recruiter: { accountId: Id; name: string }; status: SlotStatus; startsAt: Instant; endsAt: Instant;
  /** When it will begin as things stand; later than `startsAt` while the one before runs over. */
  expectedAt: Instant;
}
/** `count` slots of `minutes` one after the other, `gap` minutes between them. */
export interface PublishSlots { boothId: Id; jobId?: Id; recruiterId?: Id; startsAt: Instant; minutes: number; count: number; gap?: number }
export interface SlotQuery { boothId?: Id; fairId?: Id; jobId?: Id; from?: Instant; to?: Instant }
/** The employer's view: who booked. */
export interface DeskSlot extends Slot { candidate: DeskPlace['candidate']; interviewId: Id | null; cancelReason: string | null }
export interface BookSlot { consent: boolean }
export interface MoveBooking { slotId: Id }
export interface CancelSlot { reason: string }
/** One's own booking of a slot. */
export interface Booking { id: Id; slot: Slot; status: SlotStatus; interviewId: Id | null; reason: string | null; bookedAt: Instant }

// Interviews

export interface InterviewSummary {
  id: Id; fairId: Id; boothId: Id; boothNumber: string; organisationId: Id; organisationName: string; job: { id: Id; title: string } | null;
  mode: PlaceMode; status: InterviewStatus;
  candidate: { name: string; hasCv: boolean; atStation: boolean } | null;
  /** The first leads it. */
  interviewers: { accountId: Id; name: string }[];
  calledAt: Instant; callUntil: Instant | null; startedAt: Instant | null; endsAt: Instant | null; endedAt: Instant | null;
  decision: Decision | null;
}
export interface Interview extends InterviewSummary {
  roomId: Id | null;
  /** Minutes that it was extended by. */
  extended: number;
  recording: RecordingState;
  criteria: Criterion[];
  /** Highest number of its messages. */
  lastSeq: number;
}
/** The candidate's view: nothing of the sheets. */
export interface MyInterview extends Omit<Interview, 'criteria' | 'candidate'> { candidateName: string }
export interface InterviewPass extends RoomPass { interviewId: Id }
/** Minutes, 1–30; in the last two minutes or when time is over. */
export interface ExtendInterview { minutes: number }
export interface HandOver { accountId: Id }
export interface InviteInterviewer { accountId: Id }
/** 面试中的文字: the last step of the ladder, and for what is better written. */
export interface InterviewMessage { seq: number; text: string; mine: boolean; author: string; sentAt: Instant }
export interface SendInterviewMessage { text: string }

/** Recording runs only while it is asked for and each person in the room has said yes. */
export interface RecordingState {
  asked: boolean; running: boolean;
  /** null: has not answered. `mine` marks the asker's own. */
  answers: { name: string; mine: boolean; yes: boolean | null }[];
  /** Days that it is kept. */
  keptDays: number;
}
export interface AskRecording { on: boolean }
export interface AnswerRecording { yes: boolean }
/** Milliseconds; a private playlist (RFC 8216) that needs `token` as a bearer or `?token=`. */
export interface InterviewRecording { id: Id; startedAt: Instant; duration: number; deletedOn: Instant; hlsUrl: string; token: string }

// After

/** One of a job's own criteria; `weight` 1–10; a score is 1–5. */
export interface Criterion { key: string; name: string; weight: number }
export interface SetCriteria { criteria: { name: string; weight: number }[] }
/** Scores by a criterion's `key`, 1–5. */
export interface SaveSheet { scores: Record<string, number>; note: string; recommends: InterviewOutcome | null }
export interface ScoreSheet extends SaveSheet { interviewer: { accountId: Id; name: string }; mine: boolean; total: number | null; savedAt: Instant }
/** Others' sheets are shown once one has saved one's own: a judgement is made before it is compared. */
export interface Sheets { sheets: ScoreSheet[]; hidden: number }
/** `reason`: what the candidate is told. */
export interface Decide { outcome: InterviewOutcome; reason: string }
export interface Decision { outcome: InterviewOutcome; reason: string; decidedAt: Instant }
export interface InterviewQuery { status?: InterviewStatus; boothId?: Id; fairId?: Id; after?: string; limit?: number }

// 就业驿站

export interface CreateStation { name: string; regionCode: string }
/** Somebody whom a clerk helps. The names are the clerk's to see while they are here today. */
export interface StationPerson {
  id: Id; name: string; phoneMasked: string | null; hasCv: boolean; registeredAt: Instant;
  /** `code`: what the QR holds. */
  tickets: { id: Id; fairId: Id; fairName: string; shortCode: string; code: string }[];
  places: QueuePlace[]; bookings: Booking[]; interviews: { id: Id; status: InterviewStatus; organisationName: string; decision: Decision | null }[];
}
/** `consent`: the person said yes, in front of the clerk, to the wording that was read out. At least a phone or an ID number, to find them again. */
export interface RegisterPerson { name: string; phone?: string; idNumber?: string; education?: string; experienceYears?: number; wish?: string; consent: boolean }
