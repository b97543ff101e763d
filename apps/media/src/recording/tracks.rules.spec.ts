import type { MediaSource, RoomRole } from '#libs/contracts';
import { chooseTracks } from './tracks.rules.js';

const roles: Record<string, RoomRole> = { host: 'host', second: 'host', guest: 'guest', other: 'guest' };
const track = (peerId: string, source: MediaSource = 'camera', paused = false, lost = false) =>
  ({ id: `${peerId} ${source}`, peerId, source, paused, lost, kind: source === 'camera' || source === 'screen' ? 'video' as const : 'audio' as const });
const choose = (...tracks: ReturnType<typeof track>[]) => {
  const { picture, sounds } = chooseTracks(tracks, { role: (peerId) => roles[peerId], lost: (id) => tracks.some((each) => each.id === id && each.lost) });
  return { picture: picture?.id ?? null, sounds: sounds.map(({ peerId }) => peerId) };
};

describe('the picture of a recording', () => {
  it.each<[string, ReturnType<typeof track>[], string | null]>([
    ['a host’s camera, also when a guest comes on stage after it', [track('host'), track('guest')], 'host camera'],
    ['a host’s camera, also when the guest was there first, as after a host’s lost line', [track('guest'), track('host')], 'host camera'],
    ['the first of two hosts', [track('host'), track('second'), track('guest')], 'host camera'],
    ['a guest’s while no host shows themselves', [track('host', 'camera', true), track('guest'), track('other')], 'guest camera'],
    ['the other host’s while the first has switched their camera off', [track('host', 'camera', true), track('guest'), track('second')], 'second camera'],
    ['a guest’s while nothing arrives from the host', [track('host', 'camera', false, true), track('guest')], 'guest camera'],
    ['a host’s, while nothing arrives from anybody', [track('guest', 'camera', false, true), track('host', 'camera', false, true)], 'host camera'],
    ['a screen that stands still', [track('host'), track('host', 'screen', false, true)], 'host screen'],
    ['a screen before every face', [track('host'), track('guest'), track('host', 'screen')], 'host screen'],
    ['a host’s screen before another', [track('guest', 'screen'), track('host', 'screen')], 'host screen'],
    ['a face while the screen is paused', [track('host', 'screen', true), track('host')], 'host camera'],
    ['that of a peer who is just leaving, after all others', [track('gone'), track('host')], 'host camera'],
    ['none where there are only voices', [track('host', 'microphone'), track('host', 'camera', true)], null],
  ])('is %s', (_, tracks, picture) => expect(choose(...tracks).picture).toBe(picture));

  it('leaves out no voice: host, guest and the sound of a screen are mixed', () => {
    const tracks = [track('host', 'microphone'), track('host'), track('host', 'screenAudio'), track('guest', 'microphone'), track('guest'), track('other', 'microphone', true)];
    expect(choose(...tracks).sounds).toEqual(['host', 'host', 'guest', 'other']);
  });
});
