/**
 * Watching one broadcast: WebRTC, on failure HLS, on failure text, and back; the ladder's steps; sound; what it costs. It is given the
 * page's video element and whether the broadcast is on the air, and shows its doings as plain reactive facts.
 */
import type { BroadcastPass, Hand } from '#libs/contracts';
import { onScopeDispose, reactive, readonly, shallowReactive, shallowRef, watch } from 'vue';
import { ApiError } from '../../net/api';
import { DataUsed, flow, sample, type Report, type Sample } from '../../media/data-used';
import { HlsLine } from '../../media/hls-line';
import { chosen, fitted, hlsFailed, measured, start, webrtcFailed, webrtcWorks, type Ladder, type Rungs, type Step } from '../../media/ladder';
import { RoomClient, warmUp } from '../../media/room-client';
import { RoomView } from '../../media/room-view';
import { NOMINAL, StepCosts } from './live-costs';
import { takePass } from './live-pass';
import { arrange, Streams, type Heard, type Tile } from './live-pictures';
import type { Watcher, Watching } from './live-watching';
import { keepWish, keptWish } from './live-wish';

/** So long WebRTC has to bring the first packet once there is something to receive. */
const PROVE = 7_000;
/** The line to the media node is gone so long that another way is taken. */
const WAIT = 9_000;
/** How long HLS or text stands before WebRTC is tried again. */
const TRY_AGAIN = 60_000;
const TEXT_AGAIN = 12_000;

/** A tap inside the product counts for sound; a page opened by a link has none yet. */
const tapped = () => (navigator as { userActivation?: { hasBeenActive: boolean } }).userActivation?.hasBeenActive ?? false;

export function useWatching(broadcastId: string, video: () => HTMLVideoElement | undefined, onAir: () => boolean, hand: () => Hand | null): Watcher {
  const began = performance.now();
  const now = () => Date.now();
  const watching = reactive<Watching>({
    phase: 'idle', percent: 0, refusal: '', ladder: start(now(), keptWish()), wish: keptWish(), pictured: false, sent: { picture: false, sound: false },
    muted: !tapped(), blocked: false, bytes: 0, bitsIn: 0, unmeasured: false, costs: { ...NOMINAL }, weak: false, said: null, firstPicture: null,
  });
  const tiles = shallowReactive<Tile[]>([]);
  const heard = shallowReactive<Heard[]>([]);
  const room = shallowRef<RoomClient>();
  const streams = new Streams();
  const used = new DataUsed();
  const costs = new StepCosts();
  let view: RoomView | undefined;
  let hls: HlsLine | undefined;
  let hlsUrl: string | null = null;
  let hlsBytes = 0;
  let last: Sample | undefined;
  let stillSince: number | null = null;
  let proveBy: number | null = null;
  let waitingSince: number | null = null;
  /** Since when media do not reach us, though there are some. */
  let deafSince: number | null = null;
  let again: ReturnType<typeof setTimeout> | undefined;
  let guest = false;
  let over = false;

  // -- the pass

  async function pass(): Promise<BroadcastPass> {
    try {
      const given = await takePass(broadcastId, guest ? 'guest' : 'viewer');
      hlsUrl = given.hlsUrl;
      return given;
    } catch (error) {
      if (error instanceof ApiError) {
        if (error.code === 'mediaPreparing') Object.assign(watching, { phase: 'preparing', percent: Number(error.details.percent ?? 0) });
        else if (error.code === 'mediaUnavailable') watching.phase = 'unavailable';
        else if (error.code === 'mediaFull') {
          if (typeof error.details.hlsUrl === 'string') hlsUrl = error.details.hlsUrl; // it takes no place
          setTimeout(() => noWebrtc(), 0);
        }
      }
      throw error;
    }
  }

  // -- WebRTC

  function open(): void {
    if (room.value || over || !onAir()) return;
    clearTimeout(again);
    if (watching.phase !== 'preparing' && watching.phase !== 'unavailable' && watching.ladder.carriage === 'webrtc') watching.phase = 'opening';
    const client = new RoomClient({ pass });
    room.value = client;
    proveBy = null;
    waitingSince = now();
    client.on('state', state => {
      waitingSince = state === 'waiting' || state === 'entering' ? waitingSince ?? now() : null;
      if (state === 'waiting' && watching.ladder.carriage === 'webrtc' && watching.phase === 'playing') watching.phase = 'waiting';
    });
    client.on('entered', () => {
      last = undefined;
      if (watching.phase !== 'playing') watching.phase = watching.ladder.carriage === 'webrtc' ? 'playing' : watching.phase;
    });
    client.on('weak', (_, yes) => { watching.weak = yes; });
    for (const name of ['producerAdded', 'producerClosed', 'producerPaused', 'peerLeft', 'entered'] as const) client.on(name, () => show());
    client.on('closed', (reason, error) => {
      if (over || room.value !== client) return;
      drop();
      if (reason === 'unsupported') noWebrtc();
      else if (reason === 'removed') watching.phase = 'removed';
      else if (reason === 'refused') refused(error);
      else watching.phase = 'idle'; // ended: the broadcast's own state says so
    });
    view = new RoomView(client, producer => {
      const { step } = watching.ladder;
      if (producer.kind === 'audio') return { state: 'playing' };
      if (step === 'audio' || step === 'text') return { state: 'paused' };
      return { state: producer.paused ? 'paused' : 'playing', layers: { spatialLayer: step === 'high' ? 2 : 0, temporalLayer: 2 } };
    });
    view.on('changed', () => show());
    client.enter().catch((error: unknown) => { if (room.value === client) console.warn('Watching:', error); });
  }

  function refused(error: unknown): void {
    if (error instanceof ApiError && error.code === 'banned') watching.phase = 'removed';
    else if (error instanceof ApiError && error.code === 'broadcastStateRefused') watching.phase = 'idle';
    else Object.assign(watching, { phase: 'refused', refusal: error instanceof Error ? error.message : '' });
  }

  /** Puts the tracks where they are seen and heard. */
  function show(): void {
    const client = room.value;
    if (!client || !view) return;
    const producers = [...client.producers.values()];
    watching.sent = { picture: producers.some(one => one.kind === 'video' && !one.paused), sound: producers.some(one => one.kind === 'audio') };
    if (producers.length && proveBy === null) proveBy = now() + PROVE;
    if (watching.ladder.carriage !== 'webrtc') return;
    const current = view.tracks.map(one => Object.assign(one, { producer: client.producers.get(one.producer.producerId) ?? one.producer }));
    const { main, mainSound, beside, heard: others } = arrange(current, peerId => client.peers.get(peerId)?.role);
    if (main) {
      costs.follow(main.producer.producerId);
      fit({ small: main.sizes > 1, sound: true });
    }
    const element = video();
    if (element && (main || mainSound)) {
      const stream = streams.of('main', [main, mainSound].flatMap(one => (one ? [one.track] : [])));
      if (element.srcObject !== stream) element.srcObject = stream;
      void play();
    }
    if (!main) watching.pictured = false;
    tiles.splice(0, tiles.length, ...beside.map(one => ({ key: one.producer.producerId, name: client.peers.get(one.producer.peerId)?.name ?? '', stream: streams.of(one.producer.producerId, [one.track]) })));
    heard.splice(0, heard.length, ...others.map(one => ({ key: one.producer.producerId, stream: streams.of(one.producer.producerId, [one.track]) })));
    streams.keep(['main', ...tiles.map(one => one.key), ...heard.map(one => one.key)]);
  }

  // -- HLS

  function noWebrtc(): void {
    if (over) return;
    drop();
    const before = watching.ladder.carriage;
    watching.ladder = webrtcFailed(watching.ladder, hlsUrl !== null, watching.wish, now());
    if (watching.ladder.carriage === 'hls') {
      if (before !== 'hls') watching.said = { way: 'hls' };
      if (before !== 'hls' || !hls) openHls();
      else tryAgainIn(TRY_AGAIN); // it goes on: only WebRTC has failed again
    } else {
      watching.said = { way: 'down', step: 'text' };
      watching.phase = 'playing';
      tryAgainIn(TEXT_AGAIN);
    }
  }

  function openHls(): void {
    const element = video();
    if (!element || !hlsUrl) return;
    closeHls();
    watching.phase = 'opening';
    const line = hls = new HlsLine(element, hlsUrl, { live: true });
    hlsBytes = 0;
    line.on('playing', () => { watching.phase = 'playing'; });
    line.on('failed', why => {
      if (hls !== line || over) return;
      console.warn('HLS:', why);
      closeHls();
      watching.ladder = hlsFailed(watching.ladder, now());
      watching.phase = 'playing';
      tryAgainIn(TEXT_AGAIN);
    });
    line.on('soundless', () => { if (hls === line) fit({ small: false, sound: false }); });
    void line.ask();
    showHls();
    tryAgainIn(TRY_AGAIN);
  }

  function showHls(): void {
    void hls?.show(watching.ladder.step === 'audio' ? 'sound' : 'picture').then(() => play());
  }

  function closeHls(): void {
    countHls();
    hls?.close();
    hls = undefined;
    watching.pictured = false;
  }

  function countHls(): void {
    if (!hls) return;
    used.add(Math.max(0, hls.bytes - hlsBytes));
    hlsBytes = hls.bytes;
    watching.unmeasured ||= hls.unmeasured;
  }

  function tryAgainIn(ms: number): void {
    clearTimeout(again);
    // Beside HLS, which goes on until packets come.
    again = setTimeout(() => { if (!over && onAir()) { if (watching.ladder.carriage === 'none') watching.ladder = { ...start(now(), watching.wish) }; open(); } }, ms);
  }

  function drop(): void {
    const client = room.value;
    room.value = undefined;
    client?.close(); // first: then nothing is asked of a room that is being left
    view?.close();
    view = undefined;
    proveBy = waitingSince = deafSince = null;
    last = undefined;
    tiles.splice(0);
    heard.splice(0);
    watching.weak = false;
    const element = video();
    if (element?.srcObject) element.srcObject = null;
  }

  // -- playing

  async function play(): Promise<void> {
    const element = video();
    if (!element) return;
    element.muted = watching.muted;
    try {
      await element.play();
      watching.blocked = false;
    } catch (error) {
      if ((error as DOMException).name !== 'NotAllowedError') return; // taken over by another source
      if (watching.muted) { watching.blocked = true; return; }
      watching.muted = element.muted = true;
      await element.play().then(() => { watching.blocked = false; }, () => { watching.blocked = true; });
    }
  }

  /** A paused picture that goes on fires no event of its own. */
  function whenNextFrame(): void {
    const element = video() as (HTMLVideoElement & { requestVideoFrameCallback?(act: () => void): number }) | undefined;
    element?.requestVideoFrameCallback?.(() => { if (watching.ladder.step === 'high' || watching.ladder.step === 'low') pictureCame(); });
  }

  function pictureCame(): void {
    watching.pictured = true;
    watching.firstPicture ??= performance.now() - began;
  }

  function setLadder(next: Ladder): void {
    const before = watching.ladder;
    watching.ladder = next;
    if (next.step === before.step) return;
    obey(before.step);
    const order: Step[] = ['high', 'low', 'audio', 'text'];
    watching.said = { way: order.indexOf(next.step) > order.indexOf(before.step) ? 'down' : 'up', step: next.step };
  }

  /** The step is another one: what is received follows it. */
  function obey(before: Step): void {
    const { step, carriage } = watching.ladder;
    if (step === 'audio' || step === 'text') watching.pictured = false;
    else whenNextFrame();
    view?.update();
    if (carriage === 'hls' && (before === 'audio') !== (step === 'audio')) showHls();
  }

  /** What there is to choose from is known, or has changed. */
  function fit(rungs: Rungs): void {
    const before = watching.ladder.step;
    watching.ladder = fitted(watching.ladder, rungs, watching.wish, now());
    if (watching.ladder.step !== before) obey(before);
  }

  async function tick(): Promise<void> {
    countHls();
    const stalledFor = hls?.stalledFor(now()) ?? null;
    if (stalledFor !== null && watching.ladder.carriage === 'hls' && !document.hidden) setLadder(measured(watching.ladder, { at: now(), lossRatio: 0, stalledFor }, watching.wish));
    const client = room.value;
    if (client?.state === 'open') {
      const next = sample(await client.stats() as unknown as Report[], now());
      if (room.value !== client || over) return;
      const between = last && flow(last, next);
      last = next;
      used.count(next.bytesIn + next.bytesOut);
      if (between) measure(client, between);
    }
    // The node is reached, and something is sent, but media are blocked.
    deafSince = client?.state === 'open' && client.producers.size > 0 && !client.hears && watching.ladder.carriage === 'webrtc' ? deafSince ?? now() : null;
    if (deafSince !== null && now() - deafSince > WAIT) return noWebrtc();
    if (proveBy !== null && now() > proveBy) {
      if (watching.ladder.carriage === 'webrtc') return noWebrtc();
      drop(); // HLS goes on
      tryAgainIn(TRY_AGAIN);
    }
    if (waitingSince !== null && now() - waitingSince > WAIT && hlsUrl && watching.ladder.carriage === 'webrtc' && watching.phase !== 'preparing' && watching.phase !== 'unavailable') noWebrtc();
    watching.bytes = used.bytes;
    watching.costs = costs.minute(watching.ladder, hls?.perMinute);
  }

  function measure(client: RoomClient, between: NonNullable<ReturnType<typeof flow>>): void {
    watching.bitsIn = between.bitsIn;
    costs.count(watching.ladder, now(), between.bitsIn + between.bitsOut);
    if (between.packets > 0) {
      proveBy = Infinity; // it works: only `waiting` counts from now on
      if (watching.ladder.carriage !== 'webrtc') {
        closeHls();
        watching.ladder = webrtcWorks(watching.ladder, watching.wish, now());
        watching.said = { way: 'webrtc' };
        watching.phase = 'playing';
        view?.update();
        show();
      }
    }
    client.reportQuality({ lossRatio: Math.min(1, between.lossRatio), roundTrip: between.roundTrip });
    const wanted = watching.sent.picture && (watching.ladder.step === 'high' || watching.ladder.step === 'low');
    if (wanted && (between.framesPerSecond ?? 0) > 0) pictureCame();
    // No packets at all on a sound line: the sender is gone, not the network.
    const still = wanted && !document.hidden && between.framesPerSecond === 0 && (between.packets > 0 || watching.weak);
    stillSince = still ? stillSince ?? now() : null;
    setLadder(measured(watching.ladder, { at: now(), lossRatio: between.packets > 15 ? between.lossRatio : 0, stalledFor: stillSince === null ? 0 : now() - stillSince }, watching.wish));
  }

  const timer = setInterval(() => void tick().catch((error: unknown) => console.warn('Statistics:', error)), 1000);
  void warmUp().catch(() => undefined); // the client asks again
  open(); // without waiting for the facts: whoever follows a link wants to watch
  watch(onAir, yes => {
    if (yes) open();
    else if (room.value || hls) {
      clearTimeout(again);
      drop();
      closeHls();
      watching.ladder = start(now(), watching.wish);
      watching.phase = 'idle';
    }
  });
  watch(video, (element, _, cleanUp) => {
    if (!element) return;
    const moving = () => { if (element.videoWidth > 0 && onAir()) pictureCame(); }; // else it is a replay's
    element.addEventListener('loadeddata', moving);
    element.addEventListener('playing', moving);
    element.addEventListener('resize', moving);
    cleanUp(() => { for (const name of ['loadeddata', 'playing', 'resize']) element.removeEventListener(name, moving); });
    show();
  }, { immediate: true, flush: 'post' });
  const back = () => { if (!document.hidden) void play(); };
  document.addEventListener('visibilitychange', back);
  onScopeDispose(() => {
    over = true;
    clearInterval(timer);
    clearTimeout(again);
    document.removeEventListener('visibilitychange', back);
    drop();
    closeHls();
  });
  watch(hand, is => { if (guest && is?.status !== 'onStage') void setGuest(false); });

  async function setGuest(on: boolean): Promise<void> {
    if (guest === on) return;
    guest = on;
    if (room.value) await room.value.renew(await pass());
  }

  return {
    watching: readonly(watching) as Readonly<Watching>, room, tiles, heard, setGuest,
    choose(wish) {
      watching.wish = wish;
      watching.said = null;
      if (wish === 'audio') watching.muted = false; // who wants to hear wants it heard, and has tapped
      keepWish(wish);
      const before = watching.ladder.step;
      watching.ladder = chosen(watching.ladder, wish, now());
      obey(before);
      void play();
    },
    setMuted(muted) {
      watching.muted = muted;
      void play();
    },
    retry() {
      watching.phase = 'opening';
      watching.ladder = start(now(), watching.wish);
      drop();
      closeHls();
      open();
    },
  };
}
