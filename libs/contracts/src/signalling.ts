/**
 * Media signalling: the socket.io namespace `/media` of a media node, both ways, at a path of its own:
 * `io(`${pass.nodeUrl}/media`, { path: mediaSocketPath, auth: { token } })`. A client shows its RoomToken in the handshake.
 * RTP and DTLS parameters travel as mediasoup's ORTC objects, which nobody but mediasoup and its client reads: `unknown` here,
 * checked by the node.
 */
import type { Ack } from './errors.js';
import type { Id } from './models/common.js';
import type { MediaSource, RoomRole } from './words.js';

/** The path of socket.io for media signalling: its messages are larger than those of the events' sockets. */
export const mediaSocketPath = '/media/socket.io';

/** What a client shows when it connects (`auth`). */
export interface MediaHandshake {
  token: string;
  /**
   * The `peerId` of an earlier connection of the same person, up to 45 s after its line was lost: `entered` then says `resumed`, and
   * its transports, producers and consumers are as they were.
   */
  resume?: string;
  /** The same, for a client that makes everything anew: the earlier connection's peer is closed. */
  replace?: string;
}

export interface ProducerInfo { producerId: string; peerId: string; kind: 'audio' | 'video'; source: MediaSource; paused: boolean }
/** One connection of a person to a room. `name` is what others are shown; empty for viewers, who are not listed. */
export interface PeerInfo { peerId: string; role: RoomRole; name: string }
/** `resumed`: the peer that `resume` named goes on; nothing has to be made anew. */
export interface RoomEntered { roomId: Id; peerId: string; rtpCapabilities: unknown; peers: PeerInfo[]; producers: ProducerInfo[]; resumed?: true }
/** One track of `receive`; `paused`: nothing of it is sent until `setConsumerPaused`. */
export interface WantedTrack { producerId: string; layers?: Layers; paused?: boolean }
export interface TransportParameters { transportId: string; iceParameters: unknown; iceCandidates: unknown; dtlsParameters: unknown }
export interface ConsumerParameters { consumerId: string; producerId: string; kind: 'audio' | 'video'; source: MediaSource; rtpParameters: unknown; producerPaused: boolean; type: string }
/** Layers of simulcast: 0 is the smallest. */
export interface Layers { spatialLayer: number; temporalLayer?: number }
/**
 * What the host's page shows of what viewers get; once a second while asked for. Bits a second; losses 0–1. `received`: how many people
 * are sent the whole picture, a smaller or the smallest size of it, or sound alone, over WebRTC.
 */
export interface PublishingStats { producers: { producerId: string; source: MediaSource; bitrate: number; lossRatio: number; score: number; layers: { bitrate: number }[] }[]; consumers: number; received: { high: number; middle: number; low: number; sound: number }; viewerLossRatio: number; viewerBitrate: number }
/** Network quality of a peer, 0 (gone) to 5 (good). */
export interface PeerQuality { peerId: string; score: 0 | 1 | 2 | 3 | 4 | 5; lossRatio: number; roundTrip: number | null }

type Answer<T> = (answer: Ack<T>) => void;

export interface MediaClientToServer {
  createTransport: (request: { direction: 'send' | 'receive'; forceTcp?: boolean }, ack: Answer<TransportParameters>) => void;
  connectTransport: (request: { transportId: string; dtlsParameters: unknown }, ack: Answer<null>) => void;
  /** New ICE parameters for a transport whose network went away; the tracks stay. */
  restartIce: (request: { transportId: string }, ack: Answer<{ iceParameters: unknown }>) => void;
  closeTransport: (request: { transportId: string }, ack: Answer<null>) => void;
  /** `onDemand`: of a picture whose page makes a key frame at once when it hears `keyFrameWanted`. */
  produce: (request: { transportId: string; kind: 'audio' | 'video'; source: MediaSource; rtpParameters: unknown; paused?: boolean; onDemand?: boolean }, ack: Answer<{ producerId: string }>) => void;
  setProducerPaused: (request: { producerId: string; paused: boolean }, ack: Answer<null>) => void;
  closeProducer: (request: { producerId: string }, ack: Answer<null>) => void;
  /**
   * Everything that somebody who comes in receives, in one message: a transport, and its consumers, which begin by themselves once it
   * is connected. A track that has ended meanwhile, or that cannot be received, is left out.
   */
  receive: (request: { rtpCapabilities: unknown; tracks: WantedTrack[]; forceTcp?: boolean }, ack: Answer<{ transport: TransportParameters; consumers: ConsumerParameters[] }>) => void;
  /** The consumer starts paused: resume it when the page is ready for the first keyframe. */
  consume: (request: { transportId: string; producerId: string; rtpCapabilities: unknown; layers?: Layers }, ack: Answer<ConsumerParameters>) => void;
  setConsumerPaused: (request: { consumerId: string; paused: boolean }, ack: Answer<null>) => void;
  setConsumerLayers: (request: { consumerId: string; layers: Layers }, ack: Answer<null>) => void;
  closeConsumer: (request: { consumerId: string }, ack: Answer<null>) => void;
  /** Fresh token of the same room and person: a longer stay, or other sources (a viewer who was asked on stage). */
  renewToken: (request: { token: string }, ack: Answer<{ role: RoomRole; sources: MediaSource[] }>) => void;
  /** The host's page asks for `publishing` once a second, or no more. */
  watchPublishing: (request: { on: boolean }, ack: Answer<null>) => void;
  /** What this client measured of what it receives; a signal. Ratio 0–1, round trip in milliseconds. */
  reportQuality: (request: { lossRatio: number; roundTrip: number | null }) => void;
}

export interface MediaServerToClient {
  /** First message after the handshake, and again after a node has rebuilt the room: then everything is made anew. */
  entered: (room: RoomEntered) => void;
  peerJoined: (peer: PeerInfo) => void;
  peerLeft: (peer: { peerId: string }) => void;
  producerAdded: (producer: ProducerInfo) => void;
  producerPaused: (producer: { producerId: string; paused: boolean }) => void;
  producerClosed: (producer: { producerId: string }) => void;
  /** Of one's own picture: make a key frame now. Encoders hear RTCP's requests only three times a second. */
  keyFrameWanted: (producer: { producerId: string }) => void;
  consumerClosed: (consumer: { consumerId: string }) => void;
  consumerLayers: (consumer: { consumerId: string; layers: Layers | null }) => void;
  /** Sources were taken away (left the stage, muted by the desk, token expired). */
  sourcesTaken: (taken: { sources: MediaSource[]; reason: string }) => void;
  /** `ended`: for good. `moved`: ask the API for a new pass and enter again. */
  roomClosed: (room: { reason: 'ended' | 'moved' | 'removed' }) => void;
  /** Who speaks, twice a second; empty once nobody does. Volume in dBov, −127 to 0. */
  speakers: (speakers: { peerId: string; volume: number }[]) => void;
  quality: (quality: PeerQuality) => void;
  publishing: (stats: PublishingStats) => void;
}
