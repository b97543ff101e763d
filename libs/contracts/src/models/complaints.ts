import type { ComplaintKind, ComplaintStatus, ComplaintSubject } from '../words.js';
import type { Id, Instant } from './common.js';

/** 举报: neither `hostId` nor `messageId` is about the broadcast itself. `text` may be empty, but not for `other`. */
export interface MakeComplaint { kind: ComplaintKind; text: string; hostId?: Id; messageId?: Id; deviceId: Id }
/** What somebody found wrong, as they see it themself. */
export interface Complaint {
  id: Id; broadcastId: Id; kind: ComplaintKind; text: string;
  /** `name`: the host's, or the shown name of who wrote the message; `text`: the message. Empty where there is none. */
  subject: { kind: ComplaintSubject; name: string; text: string };
  status: ComplaintStatus; madeAt: Instant;
  /** What the organiser answered; null: it waits. */
  decision: { reason: string; at: Instant } | null;
}
/** As the fair's organiser sees it; employers never do. */
export interface ReceivedComplaint extends Complaint {
  broadcastTitle: string; organisationName: string;
  /** The shown name of who complained (`林**`). */
  author: string;
  messageId: Id | null;
  /** The message can still be seen. */
  messageShown: boolean;
  /** Milliseconds since the broadcast started: its place in the replay. */
  offset: number;
}
export interface ComplaintQuery { broadcastId?: Id }
export interface DecideComplaint { upheld: boolean; reason: string }
