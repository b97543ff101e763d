/**
 * Milliseconds between two requests to one encoder, whoever asks. Chromium drops a request that comes sooner than 300 ms
 * after another, for any simulcast layer (libwebrtc's EncoderRtcpFeedback), and mediasoup repeats it only after 1,000 ms:
 * asking too soon is what made joins 150 to 350 ms apart take more than a second.
 */
export const ENCODER_REST = 320;

/**
 * When viewers may ask a producer for a key frame. Those who come while one is on its way share it; those who come just
 * after it wait for the end of the rest and then ask together, on whatever layer, in one moment. A recorder does not pass
 * here: it asks at once.
 */
export class KeyFrameGate {
  private askedAt = -Infinity;
  private onItsWay = false;
  private waiting: Promise<void> | undefined;

  /** `interval`: milliseconds between requests on behalf of viewers. */
  constructor(private readonly interval: number) {}

  /** A key frame has come, asked for or not. */
  arrived(): void {
    this.onItsWay = false;
  }

  /** Resolves when a viewer may ask. */
  async pass(): Promise<void> {
    const wait = this.askedAt + this.interval - performance.now();
    if (wait <= 0) return this.ask();
    if (this.onItsWay) return;
    this.waiting ??= new Promise<void>((resolve) => setTimeout(resolve, wait).unref()).then(() => this.ask());
    return this.waiting;
  }

  private ask(): void {
    this.waiting = undefined;
    this.askedAt = performance.now();
    this.onItsWay = true;
  }
}
