/**
 * An interview's call, for a page of either side: enters the room, sends what the person allows, receives everybody, measures, and steps
 * by itself between picture, sound and text. It survives holes, lost networks, media nodes that die, and phone calls. No framework: pages
 * listen to `changed` and read the fields. See README.md.
 */
import type { MediaSource, PeerQuality, RoomPass } from '#libs/contracts';
import { DataUsed } from '../media/data-used';
import { noiseReduced, openCamera, openMicrophone, openScreen, setNoiseReduced } from '../media/devices';
import { Emitter } from '../media/emitter';
import { RoomClient, type ClosedReason, type RoomState } from '../media/room-client';
import { RoomView } from '../media/room-view';
import { best, chosen, measured, start, type CallLadder, type CallStep, type CallWish, type StepReason } from './call-ladder';
import { callSample, CallWindow, type CallFlow, type Way } from './call-stats';
import { Capture } from './capture';
import { peopleOf, type Person } from './people';
import { qualityOf } from './quality';

export interface CallOptions {
  /** Asks the API: `() => api('POST /interviews/:interviewId/join', { params })`, or the station's. */
  pass(): Promise<RoomPass>;
  first?: RoomPass;
  forceTcp?: boolean;
  iceTransportPolicy?: RTCIceTransportPolicy;
}
export interface MicrophoneSettings { deviceId?: string; echo?: boolean; noise?: boolean }
export interface CameraSettings { deviceId?: string; facing?: 'user' | 'environment'; height?: number }

/** `hole`: nothing comes for a second or two, it is only said; `repairing`: the way is being made anew, the seat is kept. */
export type CallHint = 'hole' | 'repairing';
export interface CallEvents {
  /** Anything that a page shows: at most once in a task. */
  changed: [];
  /** It stepped by itself or by hand. */
  step: [step: CallStep, reason: StepReason];
  closed: [reason: ClosedReason, error: unknown];
}

const EVERY = 1_000;
const HOLE = 1_200;
/** A whole second brought nothing. */
const LOOKED_TWICE = 1.5 * EVERY;
/**
 * The losses of a hole are told afterwards, all at once, also to the side whose network was whole, and of sound for five seconds (RTCP): they
 * say nothing of what follows. Not of a line that has one hole after the other.
 */
const SPARED = 6_000;
const HOLES_APART = 20_000;
/** A way that could not be mended for so long: words go by text meanwhile. */
const GIVEN_UP = 12_000;
/** A publication without a producer for so long is made again. */
const MISSED = 3_000;

export class Call extends Emitter<CallEvents> {
  readonly room: RoomClient;
  readonly microphone = new Capture<MicrophoneSettings>({}, openMicrophone);
  readonly camera = new Capture<CameraSettings>({}, openCamera);
  people: readonly Person[] = [];
  /** What the person themselves did; the ladder adds to it. */
  muted = false;
  cameraOff = false;
  sharing = false;
  speaking = false;
  wish: CallWish = 'auto';
  hint: CallHint | null = null;
  /** Of our own network: 0 (gone) to 5 (good); null: not known yet. */
  quality: PeerQuality['score'] | null = null;
  way: Way | null = null;
  flow: CallFlow | null = null;
  private readonly view: RoomView;
  private readonly window = new CallWindow();
  private readonly data = new DataUsed();
  private readonly qualities = new Map<string, PeerQuality>();
  private readonly weak = new Set<string>();
  private readonly missing = new Map<MediaSource, number>();
  private ladder: CallLadder = start(Date.now());
  private speakers: ReadonlySet<string> = new Set();
  private frames = 0;
  private pictureAt = 0;
  private packetsAt = Date.now();
  private weakSince: number | null = null;
  private sparedAt = 0;
  private told = false;
  private readonly timer: ReturnType<typeof setInterval>;

  constructor({ pass, first, forceTcp, iceTransportPolicy }: CallOptions) {
    super();
    const room = this.room = new RoomClient({ pass, first, forceTcp, iceTransportPolicy });
    this.view = new RoomView(room, ({ kind, paused }) => ({
      state: this.step === 'text' || (kind === 'video' && this.step !== 'video') || paused ? 'paused' : 'playing',
      ...(kind === 'video' && room.peers.size > 2 ? { layers: { spatialLayer: 1 } } : {}),
    }));
    room.on('entered', () => {
      this.weak.clear();
      for (const [source, { track }] of [['microphone', this.microphone], ['camera', this.camera]] as const) {
        if (track && room.publications.every(one => one.source !== source)) this.send(track, source);
      }
    });
    for (const name of ['state', 'entered', 'resumed', 'peerJoined', 'producerAdded', 'producerPaused', 'producerClosed', 'consumerClosed'] as const) room.on(name, () => this.changed());
    room.on('peerLeft', peerId => { this.qualities.delete(peerId); this.changed(); });
    room.on('weak', (direction, yes) => this.weakened(direction, yes));
    room.on('speakers', all => this.spoke(new Set(all.map(({ peerId }) => peerId))));
    room.on('quality', quality => { this.qualities.set(quality.peerId, quality); this.changed(); });
    room.on('closed', (reason, error) => { this.end(); this.tell('closed', reason, error); });
    this.view.on('changed', () => { this.pictureAt = Date.now(); this.changed(); });
    this.microphone.on('track', track => this.send(track, 'microphone'));
    this.camera.on('track', track => this.send(track, 'camera'));
    for (const device of [this.microphone, this.camera]) device.on('state', () => this.changed());
    this.timer = setInterval(() => void this.measure().catch((error: unknown) => console.warn('Measuring the call:', error)), EVERY);
  }

  /** In the room, and whatever is sent and received follows. Rejects with why not. */
  async enter(): Promise<void> {
    await this.room.enter();
  }

  get state(): RoomState { return this.room.state; }
  /** What is carried now. */
  get step(): CallStep { return this.ladder.step; }
  get stepReason(): StepReason { return this.ladder.reason; }
  /** Bytes of this call, both ways. */
  get dataUsed(): number { return this.data.bytes; }
  get closed(): boolean { return this.room.closed; }

  // -- by the person's hand

  /** By itself, never more than sound, never more than text. */
  choose(wish: CallWish): void {
    this.wish = wish;
    this.climb(chosen(this.ladder, wish, Date.now()));
  }

  setMuted(muted: boolean): void { this.muted = muted; this.follow(); }

  setCameraOff(off: boolean): void { this.cameraOff = off; this.follow(); }

  /** 降噪 of the microphone. */
  get noiseReduced(): boolean { return noiseReduced(); }

  /** Remembered on this device; a microphone that is open is opened anew. Rejects with the browser's error, and the one before goes on. */
  async reduceNoise(on: boolean): Promise<void> {
    setNoiseReduced(on);
    if (this.microphone.track) await this.microphone.change({});
    this.changed();
  }

  /** Asks for a screen and sends it. Rejects with the browser's error; whoever closes its dialog gets `NotAllowedError`. */
  async share(): Promise<void> {
    const { picture, sound } = await openScreen();
    picture.addEventListener('ended', () => void this.stopSharing().catch((error: unknown) => console.warn('Ending a shared screen:', error)));
    this.sharing = true;
    await this.room.publish(picture, 'screen', { maxBitrate: 1_500_000 });
    if (sound) await this.room.publish(sound, 'screenAudio');
    this.follow();
  }

  async stopSharing(): Promise<void> {
    if (!this.sharing) return;
    this.sharing = false;
    for (const { source, track } of this.room.publications) if (source === 'screen' || source === 'screenAudio') track.stop();
    this.changed();
    await this.room.unpublish('screen');
    await this.room.unpublish('screenAudio');
  }

  /** Leaves, and lets the devices go. */
  close(): void { this.room.close(); }

  private end(): void {
    clearInterval(this.timer);
    this.view.close();
    for (const { source, track } of this.room.publications) if (source === 'screen' || source === 'screenAudio') track.stop();
    this.microphone.close();
    this.camera.close();
    this.changed();
  }

  // -- sending

  private send(track: MediaStreamTrack, source: 'microphone' | 'camera'): void {
    if (this.room.role === undefined) return; // once we are in: how it is sent depends on who we are
    const known = this.room.publications.some(one => one.source === source);
    // A desktop's picture has layers, so that a weak phone is sent a small one; a phone sends one that its encoder fits to its line.
    const options = source === 'camera' ? { paused: this.pausedNow(source), ...(this.room.role === 'host' ? { simulcast: true } : { maxBitrate: 900_000 }) } : { paused: this.pausedNow(source) };
    const done = known ? this.room.replaceTrack(source, track) : this.room.publish(track, source, options).then(() => undefined);
    done.catch((error: unknown) => console.warn(`Sending the ${source}:`, error)).finally(() => this.follow());
  }

  private pausedNow(source: MediaSource): boolean {
    if (this.step === 'text') return true;
    if (source === 'microphone') return this.muted;
    return (source === 'camera' && this.cameraOff) || (source !== 'screenAudio' && this.step === 'audio');
  }

  /** Brings what is sent and received in line with the step and the person's wishes. */
  private follow(): void {
    for (const { source, paused } of this.room.publications) {
      if (paused !== this.pausedNow(source)) this.room.setPaused(source, !paused).catch((error: unknown) => console.warn(`Pausing the ${source}:`, error));
    }
    this.view.update();
    this.changed();
  }

  /** A publication whose transport could not be made while the network was gone. */
  private mend(now: number): void {
    for (const { source, producer, track, options } of this.room.publications) {
      if (producer && !producer.closed) { this.missing.delete(source); continue; }
      const since = this.missing.get(source) ?? now;
      this.missing.set(source, since);
      if (now - since < MISSED) continue;
      this.missing.set(source, now);
      this.room.publish(track, source, { ...options, paused: this.pausedNow(source) }).catch((error: unknown) => console.warn(`Sending the ${source} again:`, error));
    }
  }

  // -- measuring

  private async measure(): Promise<void> {
    const { room } = this;
    const now = Date.now();
    if (room.state === 'open') this.mend(now);
    const sample = callSample(await room.stats(), now);
    this.data.count(sample.bytesIn + sample.bytesOut);
    this.way = sample.way;
    const flow = this.flow = this.window.add(sample);
    const playing = this.view.tracks.filter(({ paused, producer }) => !paused && !(room.producers.get(producer.producerId)?.paused ?? true));
    const hole = flow !== null && flow.packets > 0 && now - this.packetsAt > LOOKED_TWICE;
    if (hole && now - this.sparedAt > HOLES_APART) this.sparedAt = now;
    if (playing.length === 0 || !flow || flow.packets > 0) this.packetsAt = now;
    if (!playing.some(({ kind }) => kind === 'video') || sample.frames === null || sample.frames !== this.frames) this.pictureAt = now;
    this.frames = sample.frames ?? 0;
    // A lost line alone takes no media away.
    const whole = this.weak.size === 0 && (room.state === 'open' || (room.hears && now - this.packetsAt < HOLE));
    this.hint = !whole || room.state !== 'open' ? 'repairing' : now - this.packetsAt >= HOLE ? 'hole' : null;
    const spared = now - this.sparedAt < SPARED;
    if (flow && whole) {
      const lossRatio = Math.max(flow.lossIn, flow.lossOut);
      this.quality = now - this.packetsAt >= HOLE ? 0 : qualityOf(lossRatio, flow.roundTrip);
      room.reportQuality({ lossRatio, roundTrip: flow.roundTrip });
      this.climb(measured(this.ladder, { at: now, lossIn: spared ? 0 : flow.lossIn, lossOut: spared ? 0 : flow.lossOut, stalledFor: now - this.pictureAt, silentFor: now - this.packetsAt }, this.wish));
    } else if (!whole) {
      this.quality = 0;
      this.weakSince ??= now;
      if (now - this.weakSince >= GIVEN_UP && this.step !== 'text') this.climb({ ...this.ladder, step: 'text', reason: 'silence', since: now });
    }
    if (whole && this.weakSince !== null) this.restored(now);
    this.changed();
  }

  /** The way is there again: what the person had before comes back at once. */
  private restored(now: number): void {
    this.weakSince = null;
    this.window.clear();
    this.packetsAt = this.pictureAt = now;
    if (this.step === 'text' && best(this.wish) !== 'text') this.climb({ ...start(now, this.wish), reason: 'calm' });
  }

  private climb(to: CallLadder): void {
    const { step, reason } = this.ladder;
    this.ladder = to;
    if (step === to.step && reason === to.reason) return;
    this.pictureAt = this.packetsAt = Date.now();
    this.window.clear(); // what was lost before says nothing of the new step
    this.follow();
    this.tell('step', to.step, to.reason);
  }

  private weakened(direction: string, yes: boolean): void {
    if (yes) this.weak.add(direction);
    else this.weak.delete(direction);
    this.changed();
  }

  private spoke(speakers: ReadonlySet<string>): void {
    this.speakers = speakers;
    this.speaking = speakers.has(this.room.room?.peerId ?? '');
    this.changed();
  }

  private changed(): void {
    if (this.told) return;
    this.told = true;
    queueMicrotask(() => {
      this.told = false;
      this.people = peopleOf({ peers: this.room.peers.values(), producers: this.room.producers.values(), received: this.view.tracks, speaking: this.speakers, qualities: this.qualities });
      this.tell('changed');
    });
  }
}
