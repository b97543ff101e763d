/** What the live page is shown of watching, and does with it. */
import type { ShallowRef } from 'vue';
import type { Ladder, Step, Wish } from '../../media/ladder';
import type { RoomClient } from '../../media/room-client';
import type { Costs } from './live-costs';
import type { Heard, Tile } from './live-pictures';

export type Phase =
  /** Not on the air, or not begun. */ 'idle' | 'opening' | 'playing'
  /** The line is being made again. */ | 'waiting'
  /** The machine's media is not ready: `percent`. */ | 'preparing' | 'unavailable'
  | 'removed' | 'refused';
export interface Watching {
  phase: Phase; percent: number; refusal: string;
  ladder: Ladder; wish: Wish;
  /** A moving picture is on the screen. */
  pictured: boolean;
  /** Somebody sends a picture, or at least sound. */
  sent: { picture: boolean; sound: boolean };
  /** The browser refused sound or even to begin without a tap. */
  muted: boolean; blocked: boolean;
  bytes: number; bitsIn: number;
  /** Beside `bytes` something was played whose bytes the phone does not tell. */
  unmeasured: boolean;
  /** What a minute of each step costs, as it was measured here or is sent by our own pages; null: nobody knows. Bytes. */
  costs: Costs;
  weak: boolean;
  said: Said;
  /** Milliseconds from the beginning to the first picture; null before it. */
  firstPicture: number | null;
}
/** What the ladder last did by itself, for a sentence. */
export type Said = { way: 'down' | 'up'; step: Step } | { way: 'hls' } | { way: 'webrtc' } | null;
export interface Watcher {
  watching: Readonly<Watching>;
  room: ShallowRef<RoomClient | undefined>;
  tiles: Tile[];
  heard: Heard[];
  choose(wish: Wish): void;
  /** After a tap: sound on or off; begins to play what the browser held back. */
  setMuted(muted: boolean): void;
  retry(): void;
  /** On stage the pass is a guest's. */
  setGuest(on: boolean): Promise<void>;
}
