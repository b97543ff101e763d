import type { MediaSource, RoomRole } from '#libs/contracts';
import { arrange, type Seen } from './live-pictures';

const track = (peerId: string, source: MediaSource, paused = false): Seen => ({
  source, kind: source === 'microphone' || source === 'screenAudio' ? 'audio' : 'video', closed: false, paused: false, producer: { producerId: `${peerId}-${source}`, peerId, paused },
});
const role = (peerId: string): RoomRole => (peerId.startsWith('host') ? 'host' : 'guest');
const ids = (list: Seen[]) => list.map(one => one.producer.producerId);

describe('pictures of a broadcast', () => {
  it('shows the host with the host’s sound, a guest beside, and hears the rest', () => {
    const { main, mainSound, beside, heard } = arrange([track('guest', 'camera'), track('guest', 'microphone'), track('host', 'microphone'), track('host', 'camera')], role);
    expect([main, mainSound].map(one => one?.producer.producerId)).toEqual(['host-camera', 'host-microphone']);
    expect([ids(beside), ids(heard)]).toEqual([['guest-camera'], ['guest-microphone']]);
  });
  it('puts a screen first, with its own sound, the face beside it', () => {
    const { main, mainSound, beside, heard } = arrange([track('host', 'camera'), track('host', 'microphone'), track('host', 'screen'), track('host', 'screenAudio')], role);
    expect([main, mainSound].map(one => one?.source)).toEqual(['screen', 'screenAudio']);
    expect([ids(beside), ids(heard)]).toEqual([['host-camera'], ['host-microphone']]);
  });
  it('leaves a picture that its sender has switched off behind one that moves', () => {
    const { main, beside } = arrange([track('host', 'camera', true), track('host2', 'camera')], role);
    expect([main?.producer.peerId, ids(beside)]).toEqual(['host2', []]);
  });
  it('is sound alone where nobody shows a picture', () => {
    expect(arrange([track('host', 'microphone')], role)).toMatchObject({ main: undefined, beside: [], heard: [{ source: 'microphone' }] });
  });
});
