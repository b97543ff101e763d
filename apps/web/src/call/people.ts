/** Who is in the call, as a page shows them. Pure. */
import type { MediaSource, PeerInfo, PeerQuality, ProducerInfo, RoomRole } from '#libs/contracts';

/** Another person. Tracks are there while they are received; put `camera` and `voice` into one MediaStream so that lips stay in time. */
export interface Person {
  peerId: string; name: string; role: RoomRole;
  camera: MediaStreamTrack | null; voice: MediaStreamTrack | null; screen: MediaStreamTrack | null; screenSound: MediaStreamTrack | null;
  /** They muted themselves, or send no sound at all. */
  muted: boolean;
  /** They send no picture: by their own hand, or because their network does not carry it. */
  cameraOff: boolean;
  speaking: boolean;
  /** Of their network, 0 (gone) to 5 (good); null: not known yet. */
  quality: PeerQuality['score'] | null;
}

interface Received { producer: ProducerInfo; track: MediaStreamTrack; paused: boolean }

export function peopleOf({ peers, producers, received, speaking, qualities }: {
  peers: Iterable<PeerInfo>; producers: Iterable<ProducerInfo>; received: readonly Received[]; speaking: ReadonlySet<string>; qualities: ReadonlyMap<string, PeerQuality>;
}): Person[] {
  const sent = [...producers];
  return [...peers].filter(({ role }) => role !== 'viewer').map(({ peerId, name, role }) => {
    const producer = (source: MediaSource) => sent.find(one => one.peerId === peerId && one.source === source);
    const off = (source: MediaSource) => producer(source)?.paused ?? true;
    const track = (source: MediaSource) => received.find(one => one.producer.peerId === peerId && one.producer.source === source && !one.paused && !off(source))?.track ?? null;
    return {
      peerId, name, role, camera: track('camera'), voice: track('microphone'), screen: track('screen'), screenSound: track('screenAudio'),
      muted: off('microphone'), cameraOff: off('camera'), speaking: speaking.has(peerId), quality: qualities.get(peerId)?.score ?? null,
    };
  });
}
