/** 连麦: a hand's way to the stage and back, as pure rules. A person is never put on stage without having said yes. */
import type { HandStatus } from '#libs/contracts';

/** People beside the hosts who speak at once. */
export const STAGE_PLACES = 3;
/** An invitation that is not answered in this time is over, milliseconds. */
export const INVITATION = 60_000;

export const isWaiting = (status: HandStatus): boolean => status === 'raised';
/** Raised, asked or speaking: a person has one such hand at most. */
export const isUp = (status: HandStatus): boolean => status === 'raised' || status === 'invited' || status === 'onStage';
/** Holds a place on stage: who is asked and says yes must find one. */
export const takesPlace = (status: HandStatus): boolean => status === 'invited' || status === 'onStage';

export type HandStep = 'invite' | 'accept' | 'decline' | 'leave' | 'takeOff' | 'expire';

const steps: Record<HandStep, Partial<Record<HandStatus, HandStatus>>> = {
  invite: { raised: 'invited' },
  accept: { invited: 'onStage' },
  decline: { invited: 'declined' },
  // By the person: a hand is taken down, an invitation is turned down, a speaker steps off.
  leave: { raised: 'lowered', invited: 'declined', onStage: 'left' },
  // By the hosts.
  takeOff: { raised: 'lowered', invited: 'lowered', onStage: 'left' },
  expire: { invited: 'declined' },
};

/** The status after a step, or null: not from there. */
export const after = (status: HandStatus, step: HandStep): HandStatus | null => steps[step][status] ?? null;

/** Whether an invitation still stands at `now`. */
export const stillInvited = (invitedAt: Date | null, now: Date): boolean => invitedAt !== null && now.getTime() - invitedAt.getTime() < INVITATION;

interface Raised { id: string; status: HandStatus; raisedAt: Date }

/** Those who wait, in their order: by when they raised the hand, which was written under the broadcast's lock. */
export function queue<H extends Raised>(hands: readonly H[]): H[] {
  return hands.filter(({ status }) => isWaiting(status)).sort((a, b) => a.raisedAt.getTime() - b.raisedAt.getTime() || (a.id < b.id ? -1 : 1));
}

/** 1 for the next; null for who does not wait. */
export function placeOf(hands: readonly Raised[], id: string): number | null {
  const place = queue(hands).findIndex((hand) => hand.id === id);
  return place < 0 ? null : place + 1;
}
