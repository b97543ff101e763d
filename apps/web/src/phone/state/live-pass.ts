/** A broadcast's pass is asked for while the code of its page still comes: the two need not wait for one another. */
import type { BroadcastPass } from '#libs/contracts';
import { accountKnown } from '../../net/account';
import { api } from '../../net/api';
import { deviceId } from '../../net/device-id';

const FRESH = 10_000;
let early: { broadcastId: string; at: number; asked: Promise<BroadcastPass> } | undefined;

const ask = (broadcastId: string, as: 'viewer' | 'guest') => api('POST /broadcasts/:broadcastId/join', { params: { broadcastId }, body: { deviceId: deviceId(), as } });

/** Somebody goes to a broadcast's page. Not while an earlier sign-in is still being taken up: the pass would be nobody's. */
export function askPassEarly(broadcastId: string): void {
  if (!accountKnown.value) return;
  early = { broadcastId, at: Date.now(), asked: ask(broadcastId, 'viewer') };
  early.asked.catch(() => undefined); // whoever takes it hears of it
  if (typeof RTCPeerConnection === 'undefined') return;
  import('../../media/room-client').then(({ reachEarly }) => reachEarly()).catch((error: unknown) => console.warn('Line:', error));
}

/** The one that was asked for a moment ago, once; else another. Rejects with ApiError. */
export function takePass(broadcastId: string, as: 'viewer' | 'guest'): Promise<BroadcastPass> {
  const one = early;
  early = undefined;
  return as === 'viewer' && one?.broadcastId === broadcastId && Date.now() - one.at < FRESH ? one.asked : ask(broadcastId, as);
}
