/** The host in the room of a broadcast: what one sends, whom one sees and hears, how the line is. It comes back by itself after a lost line. */
import type { MediaSource, PeerQuality, PublishingStats, RoomPass, RoomRole } from '#libs/contracts';
import { onScopeDispose, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue';
import { openScreen } from '../../media/devices';
import type { Consumption } from '../../media/consumption';
import { RoomClient, type ClosedReason } from '../../media/room-client';
import { RoomView } from '../../media/room-view';
import type { OwnDevices } from './live-devices';
import { NONE } from './live-devices';

/** Somebody else in the room who sends something. */
export interface Other { peerId: string; name: string; role: RoomRole; picture: MediaStreamTrack | null; screen: MediaStreamTrack | null; sounds: MediaStreamTrack[]; muted: boolean }
export type Standing = 'out' | 'entering' | 'in' | 'lost';
export interface LiveRoom {
  standing: Ref<Standing>;
  /** Since when the line has been gone, epoch ms. */
  lostAt: Ref<number | null>;
  /** Why the room was left for good, with the error if there is one. */
  closed: ShallowRef<{ reason: ClosedReason; error: unknown } | null>;
  others: ShallowRef<Other[]>;
  /** Peers who are heard now. */
  speaking: Ref<ReadonlySet<string>>;
  muted: Ref<boolean>;
  cameraOff: Ref<boolean>;
  screen: ShallowRef<MediaStreamTrack | null>;
  stats: ShallowRef<PublishingStats | null>;
  quality: ShallowRef<PeerQuality | null>;
  /** What was taken away last. */
  taken: ShallowRef<MediaSource | null>;
  enter(): Promise<boolean>;
  leave(): void;
  /** True when the screen is shared; false when the person chose none. */
  share(on: boolean): Promise<boolean>;
}

/** @param held nothing is sent while it is true: a pause */
export function useRoom(pass: () => Promise<RoomPass>, devices: OwnDevices, held: () => boolean): LiveRoom {
  const standing = ref<Standing>('out');
  const lostAt = ref<number | null>(null);
  const closed = shallowRef<{ reason: ClosedReason; error: unknown } | null>(null);
  const others = shallowRef<Other[]>([]);
  const speaking = ref<ReadonlySet<string>>(new Set());
  const muted = ref(false);
  const cameraOff = ref(false);
  const screen = shallowRef<MediaStreamTrack | null>(null);
  const stats = shallowRef<PublishingStats | null>(null);
  const quality = shallowRef<PeerQuality | null>(null);
  const taken = shallowRef<MediaSource | null>(null);
  let room: RoomClient | undefined;
  let view: RoomView | undefined;
  const warn = (what: string) => (error: unknown) => console.warn(`${what}:`, error);

  function look() {
    if (!room || !view) return void (others.value = []);
    const byPeer = new Map<string, Consumption[]>();
    for (const one of view.tracks) byPeer.set(one.producer.peerId, [...byPeer.get(one.producer.peerId) ?? [], one]);
    const paused = (one: Consumption | undefined) => !one || (room?.producers.get(one.producer.producerId)?.paused ?? one.producer.paused);
    others.value = [...byPeer].map(([peerId, tracks]) => {
      const of = (source: MediaSource) => tracks.find(track => track.source === source);
      const peer = room?.peers.get(peerId);
      return {
        peerId, name: peer?.name ?? '', role: peer?.role ?? 'guest', muted: paused(of('microphone')),
        picture: paused(of('camera')) ? null : of('camera')?.track ?? null, screen: paused(of('screen')) ? null : of('screen')?.track ?? null,
        sounds: tracks.filter(track => track.kind === 'audio').map(track => track.track),
      };
    });
  }

  /** Sends what is open, and stops sending what is not. */
  async function publish(source: 'camera' | 'microphone', track: MediaStreamTrack | null) {
    if (!room || room.closed) return;
    const off = () => held() || (source === 'camera' ? cameraOff.value : muted.value);
    const before = room.publications.find(one => one.source === source);
    if (track && before) await room.replaceTrack(source, track);
    else if (track) await room.publish(track, source, source === 'camera' ? { simulcast: true, maxBitrate: 1_800_000, paused: off() } : { paused: off() });
    else if (before && chosenNone(source)) await room.unpublish(source);
  }
  const chosenNone = (source: 'camera' | 'microphone') => (source === 'camera' ? devices.cameraId : devices.microphoneId).value === NONE;
  watch(devices.camera, track => publish('camera', track).catch(warn('Camera')));
  watch(devices.microphone, track => publish('microphone', track).catch(warn('Microphone')));
  watch([muted, cameraOff, held], () => {
    room?.setPaused('microphone', muted.value || held()).catch(warn('Mute'));
    room?.setPaused('camera', cameraOff.value || held()).catch(warn('Camera off'));
    room?.setPaused('screen', held()).catch(warn('Screen'));
    room?.setPaused('screenAudio', held()).catch(warn('Screen'));
  });

  function hear(one: RoomClient) {
    one.on('state', state => {
      if (state === 'open') [standing.value, lostAt.value] = ['in', null];
      else if (state === 'waiting') [standing.value, lostAt.value] = ['lost', lostAt.value ?? Date.now()];
    });
    one.on('closed', (reason, error) => {
      standing.value = 'out';
      closed.value = { reason, error };
      drop();
    });
    one.on('producerPaused', look);
    one.on('peerLeft', look);
    one.on('speakers', list => { speaking.value = new Set(list.map(speaker => speaker.peerId)); });
    one.on('publishing', now => { stats.value = now; });
    one.on('quality', now => { if (now.peerId === one.room?.peerId) quality.value = now; });
    one.on('sourcesTaken', sources => {
      for (const source of sources) {
        taken.value = source;
        if (source === 'microphone') muted.value = true;
        if (source === 'camera') cameraOff.value = true;
        if (source === 'screen') stopScreen();
      }
    });
    one.on('trackEnded', source => {
      if (source === 'screen') void share(false);
      else void devices.open(); // unplugged, or a phone call took it
    });
  }
  function drop() {
    view?.close();
    view = undefined;
    others.value = [];
    stats.value = quality.value = null;
    lostAt.value = null;
    stopScreen();
  }
  function stopScreen() {
    screen.value?.stop();
    screen.value = null;
  }

  async function enter(): Promise<boolean> {
    if (standing.value !== 'out') return true;
    standing.value = 'entering';
    closed.value = null;
    const mine = room = new RoomClient({ pass });
    hear(mine);
    view = new RoomView(mine, () => ({ state: 'playing' }));
    view.on('changed', look);
    try {
      await mine.enter();
      await Promise.all([publish('microphone', devices.microphone.value), publish('camera', devices.camera.value)]);
      await mine.watchPublishing(true);
      return true;
    } catch (error) {
      if (!mine.closed) mine.close('refused', error);
      closed.value ??= { reason: 'refused', error };
      standing.value = 'out';
      return false;
    }
  }
  function leave() {
    room?.close();
    room = undefined;
    standing.value = 'out';
  }
  async function share(on: boolean): Promise<boolean> {
    if (!on) {
      stopScreen();
      await Promise.all([room?.unpublish('screen'), room?.unpublish('screenAudio')]);
      return false;
    }
    let opened: Awaited<ReturnType<typeof openScreen>>;
    try {
      opened = await openScreen();
    } catch (error) {
      console.warn('Screen:', error); // the person chose none
      return false;
    }
    if (!room || room.closed) { opened.picture.stop(); return false; }
    screen.value = opened.picture;
    opened.picture.addEventListener('ended', () => void share(false)); // the browser's own “stop sharing”
    await room.publish(opened.picture, 'screen', { paused: held(), maxBitrate: 2_000_000 });
    if (opened.sound) await room.publish(opened.sound, 'screenAudio', { paused: held() });
    return true;
  }
  onScopeDispose(() => { leave(); drop(); });
  return { standing, lostAt, closed, others, speaking, muted, cameraOff, screen, stats, quality, taken, enter, leave, share };
}
