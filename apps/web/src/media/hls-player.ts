/**
 * HLS (RFC 8216) in a video element: live where WebRTC fails, and replays. Safari and WeChat on iOS play it themselves; elsewhere hls.js
 * does, which is loaded when it is needed.
 */
import type Hls from 'hls.js';
import { Emitter } from './emitter';

/** Whether the browser's own player is used. Chromium says “maybe” too, but its own is young: hls.js is preferred wherever it runs. */
export const playsItself = (canPlay: string, mediaSource: boolean, userAgent: string): boolean =>
  canPlay !== '' && (!mediaSource || (/safari/i.test(userAgent) && !/chrom|android/i.test(userAgent)));

/** Of the same recording, its sound alone: beside its playlist. */
export const soundOf = (url: string): string => url.replace(/\.m3u8(?=$|\?)/, '-sound.m3u8');

interface HlsEvents {
  /** It plays. */
  playing: [];
  /** It does not, and will not by itself: the caller tries again later or shows text. */
  failed: [why: string];
}

export class HlsPlayer extends Emitter<HlsEvents> {
  /** Bytes fetched; null: the browser does not say. */
  bytes: number | null = null;
  /** Milliseconds of media in them. */
  span = 0;
  private hls: Hls | undefined;
  private over = false;
  private readonly ends: (() => void)[] = [];

  constructor(private readonly video: HTMLVideoElement, private readonly url: string, private readonly options: { live: boolean; startAt?: number }) { super(); }

  async open(): Promise<void> {
    const { video } = this;
    this.listen('playing', () => this.tell('playing'));
    if (playsItself(video.canPlayType('application/vnd.apple.mpegurl'), 'MediaSource' in window, navigator.userAgent)) {
      this.listen('error', () => this.tell('failed', video.error?.message ?? ''));
      video.srcObject = null;
      video.src = this.url;
      if (this.options.startAt) this.listen('loadedmetadata', () => { video.currentTime = this.options.startAt!; });
      return;
    }
    let Made: typeof Hls;
    try {
      ({ default: Made } = await import('hls.js/light'));
    } catch (error) {
      return this.tell('failed', String(error));
    }
    if (this.over) return;
    if (!Made.isSupported()) return this.tell('failed', 'no MediaSource');
    const hls = this.hls = new Made({
      lowLatencyMode: false, backBufferLength: 30, startPosition: this.options.startAt ?? -1,
      ...(this.options.live ? { liveSyncDurationCount: 2, liveMaxLatencyDurationCount: 8, maxLiveSyncPlaybackRate: 1.1, manifestLoadingMaxRetry: 4, manifestLoadingRetryDelay: 700 } : {}),
    });
    this.bytes = 0;
    hls.on(Made.Events.FRAG_LOADED, (_, { frag }) => {
      this.bytes! += frag.stats.total;
      if (frag.sn !== 'initSegment') this.span += frag.duration * 1000;
    });
    let mended = 0;
    hls.on(Made.Events.ERROR, (_, data) => {
      if (!data.fatal) return;
      if (data.type === Made.ErrorTypes.MEDIA_ERROR && mended++ < 2) return hls.recoverMediaError();
      this.tell('failed', data.details);
    });
    video.srcObject = null;
    hls.attachMedia(video);
    hls.loadSource(this.url);
  }

  /**
   * Whether there is more to play than has come: then the network is slow. Not when what was sent has all been played: then nobody sends.
   */
  get starved(): boolean {
    const { buffered, seekable, currentTime, duration } = this.video;
    let come = currentTime;
    for (let n = 0; n < buffered.length; n++) if (buffered.start(n) <= currentTime + 0.3) come = Math.max(come, buffered.end(n));
    const edge = !this.options.live ? duration : this.hls ? this.hls.latestLevelDetails?.edge : seekable.length ? seekable.end(seekable.length - 1) : undefined;
    return edge === undefined || !Number.isFinite(edge) || come < edge - 0.5;
  }

  private listen(name: string, act: () => void): void {
    this.video.addEventListener(name, act);
    this.ends.push(() => this.video.removeEventListener(name, act));
  }

  /** Leaves the element as it was. */
  close(): void {
    this.over = true;
    this.ends.forEach(end => end());
    this.hls?.destroy();
    this.video.removeAttribute('src');
    this.video.load();
  }
}
