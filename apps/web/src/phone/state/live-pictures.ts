/** Which of a room's tracks is the large picture, which are beside it, and what is only heard. */
import type { RoomRole } from '#libs/contracts';
import type { Consumption } from '../../media/consumption';

export interface Tile { key: string; name: string; stream: MediaStream }
export interface Heard { key: string; stream: MediaStream }
export interface Pictures { main: Consumption | undefined; mainSound: Consumption | undefined; beside: Consumption[]; heard: Consumption[] }
export type Seen = Pick<Consumption, 'kind' | 'source' | 'closed' | 'paused'> & { producer: { producerId: string; peerId: string; paused: boolean } };

/** Screens before faces, hosts before guests, then whoever came first. `role` of a peer. */
export function arrange<T extends Seen>(tracks: readonly T[], role: (peerId: string) => RoomRole | undefined): { main: T | undefined; mainSound: T | undefined; beside: T[]; heard: T[] } {
  const weight = (one: T) => (one.source === 'screen' ? 0 : role(one.producer.peerId) === 'host' ? 1 : 2) + (one.producer.paused ? 4 : 0);
  const pictures = tracks.filter(one => one.kind === 'video' && !one.closed).map((one, n) => ({ one, n })).sort((a, b) => weight(a.one) - weight(b.one) || a.n - b.n).map(({ one }) => one);
  const sounds = tracks.filter(one => one.kind === 'audio' && !one.closed);
  const main = pictures[0];
  const mainSound = main && sounds.find(one => one.producer.peerId === main.producer.peerId && (main.source === 'screen') === (one.source === 'screenAudio'));
  return { main, mainSound, beside: pictures.slice(1).filter(one => !one.producer.paused), heard: sounds.filter(one => one !== mainSound) };
}

/** Streams by key whose tracks are changed in place, so that an element that shows one need not begin anew. */
export class Streams {
  private readonly kept = new Map<string, MediaStream>();

  of(key: string, tracks: MediaStreamTrack[]): MediaStream {
    let stream = this.kept.get(key);
    if (!stream) this.kept.set(key, stream = new MediaStream());
    for (const old of stream.getTracks()) if (!tracks.includes(old)) stream.removeTrack(old);
    for (const track of tracks) if (!stream.getTracks().includes(track)) stream.addTrack(track);
    return stream;
  }

  keep(keys: readonly string[]): void {
    for (const key of this.kept.keys()) if (!keys.includes(key)) this.kept.delete(key);
  }
}
