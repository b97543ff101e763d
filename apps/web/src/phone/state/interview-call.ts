/** The call of an interview as the room's page draws it. */
import type { ComputedRef } from 'vue';
import type { DeviceProblem } from '../../media/devices';
import type { PartWith } from './check-done';

export type Bars = 1 | 2 | 3 | 4;
export interface CallView {
  state: 'entering' | 'open' | 'closed';
  /** Why it is closed, and what the server or browser said. */
  closed: 'left' | 'ended' | 'removed' | 'refused' | 'unsupported' | null;
  problem: string;
  /** Since when our line is lost, epoch ms. */
  lostAt: number | null;
  /** The person's choice, and where the call stands now. */
  wish: PartWith;
  step: PartWith;
  /** What the ladder did last by itself, and when. */
  moved: { to: PartWith; up: boolean; at: number } | null;
  /** The other side's pictures and sound; sound waits for a tap while `blocked`. */
  picture: MediaStream | null;
  screen: MediaStream | null;
  /** Other interviewers' pictures. */
  tiles: { key: string; name: string; stream: MediaStream }[];
  sounds: { key: string; stream: MediaStream }[];
  blocked: boolean;
  self: MediaStream | null;
  muted: boolean;
  cameraOff: boolean;
  turnable: boolean;
  /** Noise is taken out of what one says. */
  noiseReduced: boolean;
  /** A phone call, or another program, has the microphone. */
  microphoneTaken: boolean;
  /** Why ours cannot be had; the call goes on without. */
  deviceProblem: DeviceProblem | null;
  /** Somebody of the other side is in the room; their line may be lost. */
  present: boolean;
  lost: boolean;
  theirCamera: boolean;
  theirMicrophone: boolean;
  /** 0–1 */
  theirLevel: number;
  bars: Bars | null;
  theirBars: Bars | null;
  bytes: number;
}
export interface InterviewCall {
  view: ComputedRef<CallView>;
  setMuted(yes: boolean): Promise<void>;
  setCamera(on: boolean): Promise<void>;
  turn(): Promise<void>;
  reduceNoise(on: boolean): Promise<void>;
  choose(wish: PartWith): void;
  /** After a phone call: the microphone again. */
  takeMicrophone(): Promise<void>;
  /** The browser plays no sound before a tap; or the tap came. */
  setBlocked(yes: boolean): void;
  retry(): void;
  leave(): void;
}
