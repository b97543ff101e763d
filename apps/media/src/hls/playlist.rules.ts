/** HLS playlists (RFC 8216) of a recording's segments. */

export interface PlaylistSegment {
  sequence: number;
  storageKey: string;
  initKey: string;
  /** Milliseconds. */
  duration: number;
  discontinuity: boolean;
  /** When it was written down: the end of what it holds. */
  recordedAt: Date;
}

/** Segments of a live playlist: players begin three target durations (6 s) before its end. */
export const WINDOW = 12;
/** What a segment lasts at most, seconds, as long as the encoder sends key frames; it must not change while a playlist lives. */
const TARGET = 2;

export interface PlaylistOptions {
  /** Of the same recording, one after another. */
  segments: PlaylistSegment[];
  /** Discontinuities before the first of them. */
  discontinuities: number;
  /** Nothing more will come. */
  ended: boolean;
  /** All of it, to be watched again. */
  replay?: boolean;
  /** Where the files of a key are: an address relative to the playlist's own. */
  addressOf(key: string): string;
}

/** The text of a playlist. */
export function playlist({ segments, discontinuities, ended, replay = false, addressOf }: PlaylistOptions): string {
  const target = Math.max(TARGET, ...segments.map(({ duration }) => Math.round(duration / 1_000)));
  const lines = ['#EXTM3U', '#EXT-X-VERSION:7', `#EXT-X-TARGETDURATION:${target}`, `#EXT-X-MEDIA-SEQUENCE:${segments[0]?.sequence ?? 0}`];
  if (replay) lines.push('#EXT-X-PLAYLIST-TYPE:VOD');
  else lines.push(`#EXT-X-DISCONTINUITY-SEQUENCE:${discontinuities}`);
  let initKey = '';
  let previous: PlaylistSegment | undefined;
  for (const segment of segments) {
    // The first of a recording has nothing before it that it could break with.
    if (segment.discontinuity && segment.sequence > 0) lines.push('#EXT-X-DISCONTINUITY');
    if (segment.initKey !== initKey) lines.push(`#EXT-X-MAP:URI="${addressOf(segment.initKey)}"`);
    if (!previous || segment.discontinuity) lines.push(`#EXT-X-PROGRAM-DATE-TIME:${new Date(segment.recordedAt.getTime() - segment.duration).toISOString()}`);
    lines.push(`#EXTINF:${(segment.duration / 1_000).toFixed(3)},`, addressOf(segment.storageKey));
    initKey = segment.initKey;
    previous = segment;
  }
  if (ended) lines.push('#EXT-X-ENDLIST');
  return `${lines.join('\n')}\n`;
}

/** A file of a recording as its address names it: `<run>-<n>.m4s`, `<run>-init.mp4`, and the sound of them alone, `<run>-<n>-sound.m4s`, `<run>-init-sound.mp4`. */
export const FILE_NAME = /^[0-9a-f-]{36}-(?:\d{1,9}(?:-sound)?\.m4s|init(?:-sound)?\.mp4)$/;

/** The name of the same file’s sound alone. */
export const soundName = (name: string): string => name.replace(/\.(m4s|mp4)$/, '-sound.$1');

/** What of the store a name (FILE_NAME) is made of: itself, or the file whose sound it is, with the initialisation section of its run. */
export function sourcesOf(name: string): { stored: string; init: string; sound: boolean } {
  const stored = name.replace('-sound.', '.');
  return { stored, init: `${stored.slice(0, 36)}-init.mp4`, sound: stored !== name };
}

/** The part of a `Range` that is served: one, of bytes (RFC 9110, 14.1.2). `whole`: it is not understood, and everything is sent. */
export function rangeOf(header: string | undefined, length: number): { from: number; to: number } | 'whole' | 'unsatisfiable' {
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '') ?? [];
  if (first === '' && last === '') return 'whole';
  const from = first === '' ? Math.max(0, length - Number(last)) : Number(first);
  const to = first === '' || last === '' ? length - 1 : Math.min(Number(last), length - 1);
  if (first !== '' && last !== '' && Number(last) < from) return 'whole';
  return from >= length || (first === '' && Number(last) === 0) ? 'unsatisfiable' : { from, to };
}
