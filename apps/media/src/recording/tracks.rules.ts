import type { RoomRole } from '#libs/contracts';
import type { Producer } from '#libs/sfu';

type Track = Pick<Producer, 'id' | 'kind' | 'source' | 'paused' | 'peerId'>;

/** Microphones that are mixed at most; a stage has fewer. */
const MOST_SOUNDS = 8;

/** What the recorder knows of tracks. */
export interface Known {
  role(peerId: string): RoomRole | undefined;
  /** Nothing arrives of it. */
  lost(id: string): boolean;
}

/**
 * What a recording shows and mixes: one picture, none that is paused, and all that is heard. The picture is the large one of
 * the pages (apps/web, live-pictures.ts): screens before faces, hosts before guests, then whoever came first; so a guest who
 * comes on stage takes it from nobody. Only a camera whose line is lost waits behind those that can be seen.
 * @param tracks in the order in which they came
 */
export function chooseTracks<T extends Track>(tracks: T[], { role, lost }: Known): { picture: T | null; sounds: T[] } {
  // A screen that stands still sends next to nothing, and is not lost.
  const weight = ({ id, source, peerId }: T) => (source === 'screen' ? 0 : lost(id) ? 6 : 2) + (role(peerId) === 'host' ? 0 : 1);
  const pictures = tracks.filter(({ kind, paused }) => kind === 'video' && !paused);
  const picture = pictures.reduce<T | null>((best, each) => (best && weight(best) <= weight(each) ? best : each), null);
  return { picture, sounds: tracks.filter(({ kind }) => kind === 'audio').slice(-MOST_SOUNDS) };
}
