/** Where a recording stands, in a word. Pure. */
import type { RecordingState } from '#libs/contracts';

export type RecordingWord = 'off' | 'waiting' | 'refused' | 'running';
export function recordingWord({ asked, running, answers }: RecordingState): RecordingWord {
  if (running) return 'running';
  if (!asked) return 'off';
  return answers.some(one => one.yes === false) ? 'refused' : 'waiting';
}
