import type { MediaSource, ProducerInfo } from '#libs/contracts';
import { peopleOf } from './people';

const track = (id: string) => ({ id } as MediaStreamTrack);
const producer = (peerId: string, source: MediaSource, paused = false): ProducerInfo => ({ producerId: `${peerId}-${source}`, peerId, source, paused, kind: source === 'camera' ? 'video' : 'audio' });
const peer = (peerId: string) => ({ peerId, name: peerId, role: 'guest' as const });

it('gives each person their own tracks, and none that is paused on either side', () => {
  const [camera, voice, other] = [producer('a', 'camera'), producer('a', 'microphone', true), producer('b', 'camera')];
  const [a, b] = peopleOf({
    peers: [peer('a'), peer('b'), { peerId: 'v', name: '', role: 'viewer' }], producers: [camera, voice, other],
    received: [{ producer: camera, track: track('1'), paused: false }, { producer: voice, track: track('2'), paused: false }, { producer: other, track: track('3'), paused: true }],
    speaking: new Set(['b']), qualities: new Map([['a', { peerId: 'a', score: 3, lossRatio: 0.04, roundTrip: 90 }]]),
  });
  expect(a).toEqual({ peerId: 'a', name: 'a', role: 'guest', camera: track('1'), voice: null, screen: null, screenSound: null, muted: true, cameraOff: false, speaking: false, quality: 3 });
  expect([b.camera, b.cameraOff, b.muted, b.speaking, b.quality]).toEqual([null, false, true, true, null]);
});
