/**
 * The organiser's look at a broadcast: WebRTC; when nothing comes by it, at first or midway, HLS, and back to WebRTC when that
 * brings packets again. What is received is shown by WatchPlayer.
 */
import { computed, onScopeDispose, ref, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue';
import type { Consumption } from '../../media/consumption';
import { sample, type Report } from '../../media/data-used';
import { RoomClient } from '../../media/room-client';
import { RoomView } from '../../media/room-view';
import { api, ApiError } from '../../net/api';
import { deviceId } from '../../net/device-id';
import { t } from '../../words';

/** So long nothing may come by WebRTC while something is sent. Milliseconds. */
const DEAF = 8_000;
/** How long HLS stands before WebRTC is tried beside it. */
const AGAIN = 45_000;
/** HLS, too, did not play: so long until all is begun anew. Milliseconds. */
const REST = 12_000;

export interface Watching {
  /** What is received now; none while HLS plays. */
  tracks: ComputedRef<Consumption[]>;
  /** Address of the live playlist while HLS plays, else empty. */
  hls: Ref<string>;
  problem: ShallowRef<ApiError | null>;
  /** Nothing comes from this producer now. */
  paused(one: Consumption): boolean;
  open(): void;
  /** HLS did not play. */
  failed(): void;
  /** What is wanted has changed. */
  update(): void;
}

/** @param sound whether it is listened to: otherwise no sound is fetched */
export function useWatching(broadcastId: string, onAir: () => boolean, sound: () => boolean): Watching {
  const received = shallowRef<Consumption[]>([]);
  const hls = ref('');
  const problem = shallowRef<ApiError | null>(null);
  let room: RoomClient | undefined;
  let view: RoomView | undefined;
  let hlsUrl: string | null = null;
  let packets = 0;
  /** When something last came, or was first sent to us. */
  let heardAt = 0;
  let again: ReturnType<typeof setTimeout> | undefined;
  /** The page has gone: what is answered after it begins nothing. */
  let over = false;

  async function pass() {
    try {
      const given = await api('POST /broadcasts/:broadcastId/join', { params: { broadcastId }, body: { deviceId: deviceId(), as: 'viewer' } });
      hlsUrl = given.hlsUrl;
      return given;
    } catch (error) {
      if (error instanceof ApiError && error.code === 'mediaFull' && typeof error.details.hlsUrl === 'string') {
        hlsUrl = error.details.hlsUrl;
        setTimeout(turnToHls, 0);
      }
      throw error;
    }
  }

  /** Beside HLS, which goes on until packets come. */
  async function begin(): Promise<void> {
    if (over) return;
    leave();
    const mine = room = new RoomClient({ pass });
    heardAt = Date.now();
    view = new RoomView(mine, producer => ({ state: producer.kind === 'audio' && !sound() ? 'paused' : 'playing' }));
    view.on('changed', list => { received.value = [...list]; });
    mine.on('producerAdded', () => { heardAt = Math.max(heardAt, Date.now() - DEAF / 2); });
    mine.on('producerPaused', () => { received.value = [...view?.tracks ?? []]; });
    mine.on('closed', (reason, error) => {
      received.value = [];
      if (room !== mine || reason === 'left' || reason === 'ended') return;
      if (reason === 'unsupported') return turnToHls();
      if (hls.value) return; // which goes on; this is tried again after a while
      leave(); // for good: it was removed or refused
      problem.value = error instanceof ApiError ? error : new ApiError('unavailable', t('console.live.organiser.kicked'), 0, '');
    });
    try {
      await mine.enter();
    } catch (error) {
      if (!(error instanceof ApiError)) console.warn('Watching:', error); // told by `closed`
    }
  }
  function leave() {
    const [client, seen] = [room, view];
    room = view = undefined;
    packets = 0;
    seen?.close();
    client?.close();
    received.value = [];
  }
  function turnToHls() {
    if (over || !hlsUrl || !onAir()) return;
    leave();
    hls.value = hlsUrl;
    clearTimeout(again);
    if (typeof RTCPeerConnection !== 'undefined') again = setTimeout(() => void begin(), AGAIN);
  }
  function failed() {
    hls.value = '';
    if (room && !room.closed) return; // WebRTC is being tried already
    clearTimeout(again);
    again = setTimeout(() => void begin(), REST);
  }
  function close() {
    clearTimeout(again);
    leave();
    hls.value = '';
  }

  async function tick(): Promise<void> {
    const mine = room;
    if (!mine) return;
    const sent = [...mine.producers.values()].some(one => !one.paused && (one.kind === 'video' || sound()));
    if (mine.state === 'open' && sent) {
      const { packetsIn } = sample(await mine.stats() as unknown as Report[], Date.now());
      if (room !== mine) return;
      if (packetsIn !== packets) {
        heardAt = Date.now();
        if (packetsIn > packets) hls.value = '';
      }
      packets = packetsIn;
    } else if (mine.state === 'open') heardAt = Date.now();
    if (Date.now() - heardAt > DEAF) turnToHls();
  }
  const timer = setInterval(() => void tick().catch((error: unknown) => console.warn('Statistics:', error)), 1000);
  const open = () => { close(); problem.value = null; void begin(); };
  watch(onAir, on => { if (on) open(); else close(); }, { immediate: true });
  onScopeDispose(() => { over = true; clearInterval(timer); close(); });
  return {
    tracks: computed(() => (hls.value ? [] : received.value)), hls, problem, open, failed,
    paused: one => room?.producers.get(one.producer.producerId)?.paused ?? true,
    update: () => view?.update(),
  };
}
