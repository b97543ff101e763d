import type { Log } from '#libs/platform';
import type { Producer } from '#libs/sfu';
import type { LiveRoom } from '../live-room.js';
import { transcodedSize, worthCutting, type RunPlan } from './ffmpeg.rules.js';
import { FfmpegRun } from './ffmpeg-run.js';
import type { Programs } from './programs.js';
import { chooseTracks } from './tracks.rules.js';
import type { KeyFrame, PictureSize, RtpPacket } from './rtp.rules.js';
import type { SegmentWriter } from './segment-writer.js';
import { TrackTap } from './track-tap.js';
import type { Transcodes } from './transcodes.js';

const TICK = 20;
/** A track that sends nothing for so long is not there, milliseconds. Opus at rest (DTX) sends every 400. */
const SILENT = 2_000;
/** A camera of which nothing comes for so long gives way to another, milliseconds: before it would be black. */
const LOST = 1_500;
/** Sound alone is recorded with a black picture when no picture comes within this, milliseconds. */
const BLACK_AFTER = 1_500;
/** An ffmpeg that dies is started again, later each time it dies young, milliseconds. */
const RESTART = 500;
const RESTART_MOST = 10_000;

export interface RecorderOptions {
  room: Pick<LiveRoom, 'id' | 'sfu' | 'peers' | 'on' | 'off'>;
  programs: Programs;
  transcodes: Transcodes;
  writer: SegmentWriter;
  log: Log;
  /** Whose tracks; everybody's unless told. */
  of?: (producer: Producer) => boolean;
}

/** What the pictures of a run are: when this changes, a new run begins. */
interface Pictures { producerId: string; parameters: Buffer | null; size: PictureSize | null }

/**
 * Records one room while somebody sends in it: the screen before faces, hosts before guests, and the mix of all microphones. Sound never
 * cuts; another picture (other track, codec, H.264 parameters, shape) begins a new ffmpeg with its first key frame, so that
 * nothing is lost between two runs.
 */
export class Recorder {
  private readonly sounds = new Map<string, TrackTap>();
  /** By way into the mix: whose it is. */
  private slots: (string | null)[] = [];
  private picture: TrackTap | null = null;
  /** Cameras that gave way, by producer: tapped still, so that it is seen when something comes again. */
  private readonly lost = new Map<string, TrackTap>();
  private run: FfmpegRun | null = null;
  private pictures: Pictures | null = null;
  private giveBack: (() => void) | null = null;
  private soundSince: number | null = null;
  private deaths = 0;
  private notBefore = 0;
  private starting = false;
  private stopped = false;
  private readonly timer: NodeJS.Timeout;
  private choosing: Promise<void> = Promise.resolve();
  private readonly choose = (): void => { this.choosing = this.choosing.then(() => this.follow()).catch((err: unknown) => this.options.log.warn({ err }, 'A track could not be recorded; it is tried again.')); };
  private readonly unfollow: () => void;

  constructor(private readonly options: RecorderOptions) {
    const { room } = options;
    room.on('producerAdded', this.choose);
    room.on('producerClosed', this.choose);
    this.unfollow = () => {
      room.off('producerAdded', this.choose);
      room.off('producerClosed', this.choose);
    };
    this.timer = setInterval(() => this.tick(), TICK);
    this.choose();
  }

  /** The ffmpeg of now. */
  get pid(): number | undefined {
    return this.run?.pid;
  }

  /** Stores what is there and ends; the recording itself stays open. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.unfollow();
    clearInterval(this.timer);
    await this.choosing;
    this.picture?.close();
    for (const tap of [...this.lost.values(), ...this.sounds.values()]) tap.close();
    await this.run?.stop();
    this.leave();
    await this.options.writer.settled();
  }

  private tick(): void {
    this.run?.fillAudio();
    const now = performance.now();
    if (Math.floor(now / 100) !== Math.floor((now - TICK) / 100)) this.look(now);
  }

  /** Ten times a second: what is there of what should be. */
  private look(now: number): void {
    this.choose();
    const { picture } = this;
    void picture?.pace().catch((err: unknown) => this.options.log.debug({ err }, 'A key frame could not be asked for.'));
    const heard = [...this.sounds.values()].some((tap) => tap.alive(SILENT));
    const seen = picture !== null && !picture.silent(SILENT);
    this.soundSince = heard ? (this.soundSince ?? now) : null;
    if (!heard && !seen) return this.rest();
    if (seen || now - this.soundSince! < BLACK_AFTER) return;
    const plan = this.run?.plan;
    if (plan?.video.how !== 'black' || this.slotsNeeded() > plan.microphones) void this.begin({ how: 'black' }, null);
  }

  /** Nobody sends: nothing is recorded until somebody does. */
  private rest(): void {
    const { run } = this;
    if (!run || this.starting) return;
    this.leave();
    void run.stop();
  }

  private leave(): void {
    this.run = null;
    this.pictures = null;
    this.giveBack?.();
    this.giveBack = null;
  }

  /** Taps the tracks that belong into the recording now, and lets go of the others. */
  private async follow(): Promise<void> {
    if (this.stopped || this.options.room.sfu.closed) return;
    const { room, of = () => true } = this.options;
    const tracks = room.sfu.producers().filter(of);
    const { picture, sounds } = chooseTracks(tracks, {
      role: (peerId) => room.peers.get(peerId)?.role,
      lost: (id) => (this.picture?.producer.id === id ? this.picture : this.lost.get(id))?.silent(LOST) ?? false,
    });
    this.turnTo(picture, tracks);
    if (picture && !this.picture) await this.tapPicture(picture);
    for (const [id, tap] of this.sounds) {
      if (sounds.some((each) => each.id === id)) continue;
      tap.close();
      this.sounds.delete(id);
      this.slots = this.slots.map((each) => (each === id ? null : each));
    }
    for (const sound of sounds) if (!this.sounds.has(sound.id)) await this.tapSound(sound);
  }

  /** Lets go of the picture of before; one whose line is lost may come again. */
  private turnTo(picture: Producer | null, tracks: Producer[]): void {
    const { picture: before, lost } = this;
    if (before && before.producer !== picture) {
      this.picture = null;
      lost.set(before.producer.id, before);
    }
    for (const [id, tap] of lost) {
      if (tap.producer === picture) this.picture = tap;
      else if (tap.silent(LOST) && tracks.includes(tap.producer)) continue;
      else tap.close();
      lost.delete(id);
    }
  }

  private async tapPicture(producer: Producer): Promise<void> {
    const tap = await TrackTap.open(this.options.room.sfu, producer);
    this.picture = tap;
    tap.on('packet', (bytes, _packet, keyFrame) => {
      if (tap === this.picture) this.takePicture(tap, bytes, keyFrame);
    });
  }

  private async tapSound(producer: Producer): Promise<void> {
    const tap = await TrackTap.open(this.options.room.sfu, producer);
    this.sounds.set(producer.id, tap);
    tap.on('packet', (_bytes, packet) => this.takeSound(tap, packet));
  }

  /** Which way into the mix a track takes; it keeps it, and nobody else's packets come between. */
  private slotOf(id: string): number {
    const own = this.slots.indexOf(id);
    if (own >= 0) return own;
    const free = this.slots.findIndex((each) => each === null);
    const slot = free >= 0 ? free : this.slots.length;
    this.slots[slot] = id;
    this.run?.changeAudio(slot);
    return slot;
  }

  private takeSound(tap: TrackTap, packet: RtpPacket): void {
    this.run?.sendAudio(this.slotOf(tap.producer.id), packet);
  }

  private takePicture(tap: TrackTap, bytes: Buffer, keyFrame: KeyFrame | null): void {
    if (keyFrame && this.cuts(tap, keyFrame)) {
      const size = keyFrame.size ?? { width: 1_280, height: 720 };
      void this.begin(this.videoPlan(tap, size), { producerId: tap.producer.id, parameters: keyFrame.parameters && Buffer.from(keyFrame.parameters), size });
    }
    if (this.starting) this.early.push(Buffer.from(bytes));
    else if (this.pictures?.producerId === tap.producer.id) this.run?.sendVideo(bytes);
  }

  /** Packets that came while a run was being started. */
  private early: Buffer[] = [];

  private cuts(tap: TrackTap, { parameters, size }: KeyFrame): boolean {
    if (this.starting || performance.now() < this.notBefore) return false;
    const copied = /h264$/i.test(tap.producer.mimeType);
    if (copied && !parameters && !spropOf(tap.producer)) return false; // cannot be the first: nobody knows its parameters
    const { pictures, run } = this;
    if (!run || run.ended || pictures?.producerId !== tap.producer.id) return true;
    if (this.slotsNeeded() > run.plan.microphones) return true;
    if (copied) return parameters !== null && pictures.parameters !== null && !parameters.equals(pictures.parameters);
    if (run.plan.video.how === 'black') return this.options.transcodes.free;
    return size !== null && pictures.size !== null && worthCutting(pictures.size, size);
  }

  private videoPlan(tap: TrackTap, size: PictureSize): RunPlan['video'] {
    const { payloadType, producer } = tap;
    if (/h264$/i.test(producer.mimeType)) return { how: 'copy', payloadType, parameterSets: spropOf(producer) };
    return { how: 'transcode', payloadType, size: transcodedSize(size) };
  }

  /** One while there is one microphone; four when there are more, so that the next ones cut nothing. */
  private slotsNeeded(): number {
    return this.sounds.size <= 1 ? 1 : Math.max(4, this.sounds.size);
  }

  private async begin(video: RunPlan['video'], pictures: Pictures | null): Promise<void> {
    if (this.stopped || this.starting || performance.now() < this.notBefore) return;
    this.starting = true;
    this.early = [];
    const before = this.run;
    this.giveBack?.();
    this.giveBack = null;
    let plan: RunPlan = { video, microphones: this.slotsNeeded() };
    if (video.how === 'transcode') {
      this.giveBack = this.options.transcodes.take();
      if (!this.giveBack) plan = { ...plan, video: { how: 'black' } };
      if (!this.giveBack) this.options.log.warn({ roomId: this.options.room.id }, 'Too many recordings transcode on this node: this one has sound and a black picture.');
    }
    try {
      const run = await FfmpegRun.start(plan, this.options.programs);
      run.once('ended', (asked, lines) => this.runEnded(run, asked, lines));
      this.run = run;
      this.slots = [...this.sounds.keys()];
      this.pictures = pictures;
      for (const bytes of this.early) run.sendVideo(bytes);
      // The writer waits for the end of the run before.
      this.options.writer.follow(run);
    } catch (err) {
      this.failed(err, []);
    } finally {
      this.early = [];
      this.starting = false;
    }
    await before?.stop();
    if (this.stopped && this.run !== before) await this.run?.stop();
  }

  private runEnded(run: FfmpegRun, asked: boolean, lines: string[]): void {
    if (performance.now() - run.startedAt > 20_000) this.deaths = 0;
    if (asked || this.stopped) return;
    if (this.run === run) this.leave();
    this.failed(undefined, lines);
  }

  private failed(err: unknown, lines: string[]): void {
    this.deaths += 1;
    this.notBefore = performance.now() + Math.min(RESTART * 2 ** (this.deaths - 1), RESTART_MOST);
    this.options.log.warn({ err, lines, roomId: this.options.room.id }, 'ffmpeg ended by itself; it is started again with the next key frame.');
  }
}

/** What an offer said beforehand of H.264's parameters (RFC 6184, 8.1). */
function spropOf({ rtpParameters }: Producer): string | null {
  const parameters = rtpParameters.codecs[0]?.parameters as Record<string, unknown> | undefined;
  const sprop = parameters?.['sprop-parameter-sets'];
  return typeof sprop === 'string' && /^[A-Za-z0-9+/=,]{4,512}$/.test(sprop) ? sprop : null;
}
