import type { Producer } from '#libs/sfu';

type Track = Pick<Producer, 'id' | 'kind' | 'source' | 'paused'>;

/** Microphones that are mixed at most; a stage has fewer. */
const MOST_SOUNDS = 8;

/** What a recording shows and mixes: the newest screen, else the newest camera, none that is paused; and all that is heard. */
export function chooseTracks<T extends Track>(tracks: T[]): { picture: T | null; sounds: T[] } {
  const pictures = tracks.filter(({ kind, paused }) => kind === 'video' && !paused);
  const picture = pictures.findLast(({ source }) => source === 'screen') ?? pictures.at(-1) ?? null;
  return { picture, sounds: tracks.filter(({ kind }) => kind === 'audio').slice(-MOST_SOUNDS) };
}
