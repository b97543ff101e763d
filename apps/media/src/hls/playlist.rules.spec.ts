import { FILE_NAME, playlist, rangeOf, soundName, sourcesOf, type PlaylistSegment } from './playlist.rules.js';

const at = (sequence: number, more: Partial<PlaylistSegment> = {}): PlaylistSegment => ({
  sequence, storageKey: `r/a-${sequence}.m4s`, initKey: 'r/a-init.mp4', duration: 1_000, discontinuity: false,
  recordedAt: new Date(Date.UTC(2026, 2, 1, 9, 0, sequence)), ...more,
});
const addressOf = (key: string) => key.replace('r/', '');

describe('a playlist', () => {
  it('of a live broadcast slides, and keeps count of what slid out', () => {
    const segments = [at(7), at(8, { discontinuity: true, initKey: 'r/b-init.mp4', duration: 1_234 }), at(9, { initKey: 'r/b-init.mp4' })];
    expect(playlist({ segments, discontinuities: 2, ended: false, addressOf })).toBe(`#EXTM3U
#EXT-X-VERSION:7
#EXT-X-TARGETDURATION:2
#EXT-X-MEDIA-SEQUENCE:7
#EXT-X-DISCONTINUITY-SEQUENCE:2
#EXT-X-MAP:URI="a-init.mp4"
#EXT-X-PROGRAM-DATE-TIME:2026-03-01T09:00:06.000Z
#EXTINF:1.000,
a-7.m4s
#EXT-X-DISCONTINUITY
#EXT-X-MAP:URI="b-init.mp4"
#EXT-X-PROGRAM-DATE-TIME:2026-03-01T09:00:06.766Z
#EXTINF:1.234,
a-8.m4s
#EXTINF:1.000,
a-9.m4s
`);
  });

  it('of a replay is whole and ends', () => {
    const text = playlist({ segments: [at(0, { duration: 3_600 }), at(1)], discontinuities: 0, ended: true, replay: true, addressOf });
    expect(text).toContain('#EXT-X-PLAYLIST-TYPE:VOD\n');
    expect(text).toContain('#EXT-X-TARGETDURATION:4\n');
    expect(text).not.toContain('DISCONTINUITY');
    expect(text).toMatch(/#EXT-X-ENDLIST\n$/);
  });
});

it('names of files are ours only', () => {
  const run = '01890a5d-ac96-774b-bcce-b302099a8057';
  expect([`${run}-0.m4s`, `${run}-init.mp4`].every((name) => FILE_NAME.test(name))).toBe(true);
  for (const [stored, sound] of [[`${run}-12.m4s`, `${run}-12-sound.m4s`], [`${run}-init.mp4`, `${run}-init-sound.mp4`]] as const) {
    expect([soundName(stored), FILE_NAME.test(sound)]).toEqual([sound, true]);
    expect([sourcesOf(stored), sourcesOf(sound)]).toEqual([false, true].map((sound) => ({ stored, init: `${run}-init.mp4`, sound })));
  }
  expect([`${run}-sound.m4s`, `${run}-1-sound-sound.m4s`, `${run}-1.sound.m4s`].some((name) => FILE_NAME.test(name))).toBe(false);
  expect(['..', `../${run}-0.m4s`, `${run}-0.m4s/..`, `${run}-0.m4s\n`, 'init.mp4', `${run}-1e9.m4s`, ''].some((name) => FILE_NAME.test(name))).toBe(false);
});

it.each<[string | undefined, ReturnType<typeof rangeOf>]>([
  [undefined, 'whole'], ['bytes=0-', { from: 0, to: 99 }], ['bytes=10-19', { from: 10, to: 19 }], ['bytes=90-500', { from: 90, to: 99 }],
  ['bytes=-10', { from: 90, to: 99 }], ['bytes=-500', { from: 0, to: 99 }], ['bytes=100-', 'unsatisfiable'], ['bytes=-0', 'unsatisfiable'],
  ['bytes=20-10', 'whole'], ['bytes=0-1,5-6', 'whole'], ['items=0-1', 'whole'], ['bytes=-', 'whole'],
])('a range %s is %j', (header, expected) => expect(rangeOf(header, 100)).toEqual(expected));
