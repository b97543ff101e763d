import { spawn, type ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { constants, setPriority } from 'node:os';
import { AudioSlot } from './audio-slot.js';
import { AUDIO_PAYLOAD, ffmpegArguments, type RunPlan, type RunPorts } from './ffmpeg.rules.js';
import { Fragments, type Fragment } from './fragments.js';
import { freePortPair, LoopbackPort } from './loopback-port.js';
import type { Programs } from './programs.js';
import type { RtpPacket } from './rtp.rules.js';

/** An ordered end may take so long until the last segment is written, milliseconds. */
const PATIENCE = 3_000;

interface RunEvents {
  init: [bytes: Buffer];
  fragment: [fragment: Fragment];
  /** `asked`: by stop(). The last lines that it wrote tell why it was not. */
  ended: [asked: boolean, lines: string[]];
}

/**
 * One ffmpeg, from a key frame until its pictures change. It cannot outlive this process: the kernel kills it when its parent
 * dies (setpriv), and where there is no such thing it ends by itself within 10 s without packets, or when its output breaks.
 */
export class FfmpegRun extends EventEmitter<RunEvents> {
  private readonly slots: AudioSlot[];
  private readonly lines: string[] = [];
  private asked = false;
  private isEnded = false;
  private late: NodeJS.Timeout | undefined;

  private constructor(
    readonly plan: RunPlan,
    /** When its first key frame came, of the monotonic clock, milliseconds: sound and pictures both count from then. */
    readonly startedAt: number,
    private readonly child: ChildProcess,
    private readonly video: LoopbackPort | null,
    private readonly audio: LoopbackPort[],
  ) {
    super();
    this.slots = audio.map((port, n) => new AudioSlot(AUDIO_PAYLOAD, 0x46570000 + n, (packet) => port.send(packet)));
    const fragments = new Fragments({ init: (bytes) => this.emit('init', bytes), fragment: (fragment) => this.emit('fragment', fragment) });
    child.stdout!.on('data', (chunk: Buffer) => {
      try {
        fragments.push(chunk);
      } catch (error) {
        this.lines.push(String(error));
        child.kill('SIGKILL');
      }
    });
    child.stderr!.setEncoding('utf8').on('data', (text: string) => this.keep(text));
    child.once('error', (error) => {
      this.lines.push(error.message);
      this.end();
    });
    child.once('close', () => this.end());
  }

  static async start(plan: RunPlan, { ffmpeg, setpriv }: Programs): Promise<FfmpegRun> {
    const startedAt = performance.now();
    const ports: RunPorts = { video: plan.video.how === 'black' ? null : await freePortPair(), audio: [] };
    while (ports.audio.length < plan.microphones) ports.audio.push(await freePortPair());
    const video = ports.video === null ? null : await LoopbackPort.open(ports.video);
    const audio = await Promise.all(ports.audio.map((port) => LoopbackPort.open(port)));
    const command = setpriv === null ? [ffmpeg] : [setpriv, '--pdeathsig', 'KILL', ffmpeg];
    const child = spawn(command[0]!, [...command.slice(1), ...ffmpegArguments(plan, ports)], { stdio: ['ignore', 'pipe', 'pipe'] });
    if (child.pid !== undefined) yieldTo(child.pid);
    return new FfmpegRun(plan, startedAt, child, video, audio);
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  get ended(): boolean {
    return this.isEnded;
  }

  /** A whole RTP packet of the pictures. */
  sendVideo(packet: Buffer): void {
    if (!this.isEnded) this.video?.send(packet);
  }

  sendAudio(slot: number, packet: RtpPacket): void {
    if (!this.isEnded) this.slots[slot]?.take(packet, performance.now() - this.startedAt);
  }

  changeAudio(slot: number): void {
    this.slots[slot]?.change();
  }

  /** Every 20 ms or so. */
  fillAudio(): void {
    if (this.isEnded) return;
    for (const slot of this.slots) slot.fill(performance.now() - this.startedAt);
  }

  /** Writes what it has and ends. Resolves when it has ended. */
  async stop(): Promise<void> {
    if (this.isEnded) return;
    const ended = new Promise<void>((resolve) => this.once('ended', () => resolve()));
    this.asked = true;
    this.child.kill('SIGTERM');
    // It looks for the signal between two packets only: without one it would wait for 10 s.
    const wake = setInterval(() => this.fillAudio(), 20);
    this.late = setTimeout(() => this.child.kill('SIGKILL'), PATIENCE);
    await ended;
    clearInterval(wake);
  }

  private keep(text: string): void {
    this.lines.push(...text.split('\n').filter(Boolean));
    this.lines.splice(0, this.lines.length - 20);
  }

  private end(): void {
    if (this.isEnded) return;
    this.isEnded = true;
    clearTimeout(this.late);
    this.video?.close();
    for (const port of this.audio) port.close();
    this.emit('ended', this.asked, this.lines);
  }
}

/** Forwarding to viewers comes before recording. */
function yieldTo(pid: number): void {
  try {
    setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH' && (error as { info?: { code: string } }).info?.code !== 'ESRCH') throw error; // it has ended already
  }
}
