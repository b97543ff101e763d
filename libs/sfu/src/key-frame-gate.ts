/**
 * Milliseconds between two requests to one encoder, whoever asks. Chromium drops a request that comes sooner than 300 ms
 * after another, for any simulcast layer (libwebrtc's EncoderRtcpFeedback), and mediasoup repeats it only after 1,000 ms:
 * asking too soon is what made joins 150 to 350 ms apart take more than a second.
 */
export const ENCODER_REST = 320;

/** Of a publisher who makes key frames on demand: between two on behalf of viewers, milliseconds. */
const QUICK = 50;
/** So long a key frame that RTCP has asked for may take before it is wanted aloud, milliseconds. */
const PATIENCE = 80;
/** Quick ones for a burst of people; each comes back after RESTORE milliseconds. Those after them wait for the rest. */
const BURST = 10;
const RESTORE = 500;
/** A publisher who did not answer so often is not asked aloud again for PAUSE milliseconds; each time the pause is longer: a browser learns nothing. */
const MISSES = 2;
const PAUSE = 10_000;
const LONGER = 6;

/**
 * When viewers may ask a producer for a key frame. Those who come while one is on its way share it; those who come just
 * after it wait for the end of the rest and then ask together, on whatever layer, in one moment. A publisher who makes
 * key frames on demand (`want`: another way than RTCP, which knows no rest) lets nobody wait: a burst of people gets one each
 * 50 ms. A recorder does not pass here: it wants at once.
 */
export class KeyFrameGate {
  private askedAt = -Infinity;
  private wantedAt = -Infinity;
  private onItsWay = false;
  private waiting: Promise<void> | undefined;
  private wanting: { timer: NodeJS.Timeout; at: number } | undefined;
  private quick = BURST;
  private quickAt = -Infinity;
  private misses = 0;
  private silentUntil = -Infinity;
  private pause = PAUSE;

  /** `interval`: milliseconds between requests on behalf of viewers. */
  constructor(private readonly interval: number, private readonly want?: () => void) {}

  /** The publisher makes key frames on demand: who watches begins, and then says so with `started`. */
  get onDemand(): boolean {
    return this.want !== undefined && performance.now() >= this.silentUntil;
  }

  /** A key frame has come, asked for or not. */
  arrived(): void {
    this.onItsWay = false;
    this.misses = 0;
    clearTimeout(this.wanting?.timer);
    this.wanting = undefined;
  }

  /** Resolves when a viewer may ask. */
  async pass(): Promise<void> {
    const wait = this.askedAt + this.interval - performance.now();
    if (wait <= 0) return this.ask();
    if (this.onItsWay) return;
    this.waiting ??= new Promise<void>((resolve) => setTimeout(resolve, wait).unref()).then(() => this.ask());
    return this.waiting;
  }

  /** A viewer waits for a key frame from now on; mediasoup asks by RTCP, which the encoder hears when its rest is over. */
  started(): void {
    const now = performance.now();
    const heard = now - this.askedAt >= this.interval;
    if (heard) this.ask();
    this.wantAt(Math.max(now + (heard || this.onItsWay ? PATIENCE : 0), this.wantedAt + QUICK));
  }

  /** For a recorder: now. @returns false: the publisher makes none on demand, ask by RTCP */
  demand(): boolean {
    if (!this.onDemand) return false;
    this.wantNow();
    return true;
  }

  private wantAt(at: number): void {
    if (this.wanting && this.wanting.at <= at) return;
    clearTimeout(this.wanting?.timer);
    const timer = setTimeout(() => {
      this.wanting = undefined;
      if (this.onDemand && this.spend()) this.wantNow();
    }, at - performance.now()).unref();
    this.wanting = { timer, at };
  }

  private wantNow(): void {
    const now = performance.now();
    if (this.onItsWay && now - this.wantedAt > this.interval && this.wantedAt > this.askedAt) this.misses += 1;
    if (this.misses >= MISSES) {
      this.misses = 0;
      this.silentUntil = now + this.pause;
      this.pause *= LONGER;
    }
    this.wantedAt = now;
    this.onItsWay = true;
    this.want?.();
  }

  /** Takes one of the quick ones; false: they are used up. */
  private spend(): boolean {
    const now = performance.now();
    this.quick = Math.min(BURST, this.quick + (now - this.quickAt) / RESTORE);
    this.quickAt = now;
    if (this.quick < 1) return false;
    this.quick -= 1;
    return true;
  }

  private ask(): void {
    this.waiting = undefined;
    this.askedAt = performance.now();
    this.onItsWay = true;
  }
}
