/** What RoomClient is given, and what it tells. */
import type { Layers, MediaSource, PeerInfo, PeerQuality, ProducerInfo, PublishingStats, RoomEntered, RoomPass } from '#libs/contracts';

export interface RoomClientOptions {
  /** Asks the API for a pass: at the start, before one ends, and to enter again. */
  pass(): Promise<RoomPass>;
  /** A pass that is already there, so that the first entry need not ask. */
  first?: RoomPass;
  /** Media over TCP only. */
  forceTcp?: boolean;
  /** `relay`: through TURN only. */
  iceTransportPolicy?: RTCIceTransportPolicy;
}

/** `open`: in the room; `waiting`: the line is lost and being made again; `closed`: for good, see `closed`. */
export type RoomState = 'entering' | 'open' | 'waiting' | 'closed';
export type ClosedReason =
  /** We left. */ 'left'
  /** The room is over. */ | 'ended'
  /** The desk removed us. */ | 'removed'
  /** No pass is to be had: see the error. */ | 'refused'
  /** This browser has no WebRTC. */ | 'unsupported';

export interface RoomEvents {
  state: [state: RoomState];
  /** In the room, also for a second time: every consumption of before is dead, publications are made again by the client. */
  entered: [room: RoomEntered];
  /** A lost line is there again, and everything goes on as it was; what had changed meanwhile stands in `peers` and `producers`. */
  resumed: [room: RoomEntered];
  peerJoined: [peer: PeerInfo];
  peerLeft: [peerId: string];
  producerAdded: [producer: ProducerInfo];
  producerPaused: [producerId: string, paused: boolean];
  producerClosed: [producerId: string];
  /** The node ended it. */
  consumerClosed: [consumerId: string];
  consumerLayers: [consumerId: string, layers: Layers | null];
  /** A transport is weak and being repaired, or well again. */
  weak: [direction: 'send' | 'receive', yes: boolean];
  /** The receiving transport had to be given up: every consumption is dead, the room goes on. */
  receivingLost: [];
  sourcesTaken: [sources: MediaSource[], reason: string];
  /** The device that made the track is gone (unplugged, taken by a phone call). */
  trackEnded: [source: MediaSource];
  speakers: [speakers: { peerId: string; volume: number }[]];
  quality: [quality: PeerQuality];
  publishing: [stats: PublishingStats];
  closed: [reason: ClosedReason, error: unknown];
}
