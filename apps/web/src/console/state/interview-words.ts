/** How times of queues and interviews are said. Pure but for the words. */
import type { DeskPlace, InterviewOutcome, InterviewStatus, InterviewSummary, QueueTurn, SlotStatus } from '#libs/contracts';
import { t } from '../../words';
import { NOTHING } from '../../words/format';

/** 6:05, 0:42; an hour and more 72:10. Milliseconds; what is below nothing is nothing. */
export function clockLeft(milliseconds: number): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** Seconds as minutes, the early end rounded down and the late one up: 8–15; one number when both are the same. */
export function minutesRange(earliest: number, latest: number): string {
  const low = Math.floor(earliest / 60);
  const high = Math.max(low, Math.ceil(latest / 60));
  return low === high ? String(low) : `${low}–${high}`;
}

/** When a waiting person is called: 马上, 约 8–15 分钟. */
export function waitOf(turn: Pick<QueueTurn, 'earliest' | 'latest'> | undefined): string {
  if (!turn) return NOTHING;
  return turn.latest < 60 ? t('console.interview.soonCalled') : t('console.interview.inMinutes', { n: minutesRange(turn.earliest, turn.latest) });
}

export type Where = 'online' | 'onSite' | 'station';
/** Where the candidate is: at home, in the hall, at a village station. */
export const whereOf = (one: Pick<DeskPlace | InterviewSummary, 'mode' | 'candidate'>): Where => (one.mode === 'onSite' ? 'onSite' : one.candidate?.atStation ? 'station' : 'online');

export const outcomeTone = { nextRound: 'willow', offerIntent: 'ok', unsuited: undefined } as const satisfies Record<InterviewOutcome, unknown>;
export const interviewTone = { called: 'warn', running: 'live', ended: undefined, missed: 'no', cancelled: undefined } as const satisfies Record<InterviewStatus, unknown>;
export const slotTone = { open: undefined, booked: 'willow', running: 'live', done: undefined, missed: 'no', cancelled: undefined } as const satisfies Record<SlotStatus, unknown>;
