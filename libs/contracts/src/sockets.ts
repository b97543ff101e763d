/**
 * What travels on the socket. Commands go by HTTP; the socket carries events and snapshots down. The maps are derived from
 * the events: nothing here is written twice.
 */
import type { Ack } from './errors.js';
import type { AnyEnvelope } from './events.js';
import type { CrowdSnapshot, DeskSnapshot } from './models/insights.js';
import type { QueueState } from './models/interviews.js';
import type { BroadcastState } from './models/live.js';

/** What a client can watch. */
export type Topic =
  /** Public facts of a fair: status, schedule, locks. Anyone. */
  | { kind: 'fair'; id: string }
  /** How full the hall is, coalesced: anyone who can see the fair (phone home card, wall). */
  | { kind: 'crowd'; id: string }
  /** The organiser's desk, coalesced: the organiser's people only. */
  | { kind: 'desk'; id: string }
  /** What a gate device must know of its own fair. */
  | { kind: 'gates'; id: string }
  /** A broadcast: its facts, and its picture with chat, likes and viewers, coalesced. Anyone who can see the fair. */
  | { kind: 'broadcast'; id: string }
  /** A booth's queue (`id` is the booth's): its facts and its picture, coalesced. Anyone who can see the fair. */
  | { kind: 'queue'; id: string }
  /** Events of one's own organisation. */
  | { kind: 'organisation'; id: string }
  /** Organisations and licences that wait for a bureau's review. */
  | { kind: 'reviewers' }
  /** Events about oneself. */
  | { kind: 'account' };

export type TopicKind = Topic['kind'];
export const topicKinds = ['fair', 'crowd', 'desk', 'gates', 'broadcast', 'queue', 'organisation', 'reviewers', 'account'] as const satisfies TopicKind[];

/** The newest whole picture of a coalesced topic. A later one replaces an earlier one; `position` says how far it has read. */
export interface SnapshotMap {
  crowd: CrowdSnapshot;
  desk: DeskSnapshot;
  broadcast: BroadcastState;
  queue: QueueState;
}
export type Snapshot = { [K in keyof SnapshotMap]: { topic: { kind: K; id: string }; position: number; madeAt: string; data: SnapshotMap[K] } }[keyof SnapshotMap];

export interface Subscribe {
  topic: Topic;
  /** The last position that this client has seen of this topic; absent the first time. */
  since?: number;
}

/** The answer to `subscribe`: everything since, or `resync` when that is too much or not known: then fetch anew. */
export interface Subscribed {
  position: number;
  events: AnyEnvelope[];
  resync: boolean;
  snapshot: Snapshot | null;
}

export interface ServerToClient {
  event: (event: AnyEnvelope) => void;
  snapshot: (snapshot: Snapshot) => void;
  /** Every 5 s on each socket: the position of the log and the server's time, so that silence is told from a dead line. */
  beat: (beat: { position: number; at: string }) => void;
}

export interface ClientToServer {
  subscribe: (request: Subscribe, ack: (answer: Ack<Subscribed>) => void) => void;
  unsubscribe: (request: { topic: Topic }, ack: (answer: Ack<null>) => void) => void;
}
