/** The pass that opens a room: asked for, kept while it is good, another one before it ends. */
import type { RoomPass } from '#libs/contracts';
import { ApiError } from '../net/api';

/** Renew this share into a pass's life, and at least this long before its end. Milliseconds. */
const RENEW_AT = 0.75;
const MARGIN = 10_000;
/** So long is waited for another one while the one at hand may do. */
const DOUBT = 4_000;

/** The API said no: asking again changes nothing. */
export const isFinal = (error: unknown): boolean => error instanceof ApiError && error.status >= 400 && error.status < 500 && ![401, 408, 425, 429].includes(error.status);

export class HeldPass {
  private pass: RoomPass | undefined;
  private takenAt = 0;
  private doubtful = false;
  private renewal: ReturnType<typeof setTimeout> | undefined;

  /** @param ask the API @param taken told of each that is taken */
  constructor(private readonly ask: () => Promise<RoomPass>, private readonly taken: (pass: RoomPass) => void, first?: RoomPass) {
    if (first) this.take(first);
  }

  get current(): RoomPass | undefined { return this.pass; }

  take(pass: RoomPass): RoomPass {
    this.pass = pass;
    this.takenAt = Date.now();
    this.doubtful = false;
    this.taken(pass);
    return pass;
  }

  /** No node takes it any more. */
  drop(): void { this.pass = undefined; }

  /** Its node was not reached: the room may be on another one by now. */
  doubt(): void { this.doubtful = true; }

  /** One to enter with. Rejects with what the API says. */
  async good(): Promise<RoomPass> {
    if (!this.pass || Date.parse(this.pass.expiresAt) - Date.now() < MARGIN) return this.take(await this.ask());
    if (!this.doubtful) return this.pass;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<null>(done => { timer = setTimeout(() => done(null), DOUBT); });
    const asked = this.ask().catch((error: unknown) => { if (isFinal(error)) throw error; return null; });
    const other = await Promise.race([late, asked]).finally(() => clearTimeout(timer));
    asked.catch((error: unknown) => console.warn('A pass was refused too late to matter:', error));
    return other ? this.take(other) : this.pass;
  }

  /** Asks for another one in time, and gives it to `renew`; again when that fails, unless the API says no. One plan at a time: the newest. */
  plan(renew: (pass: RoomPass) => Promise<void>): void {
    this.stop();
    if (!this.pass) return;
    const left = Date.parse(this.pass.expiresAt) - this.takenAt;
    const at = this.takenAt + Math.max(1000, Math.min(left * RENEW_AT, left - MARGIN));
    const mine = this.renewal = setTimeout(() => {
      this.ask().then(async pass => { if (this.renewal === mine) await renew(pass); }).catch((error: unknown) => {
        console.warn('The pass was not renewed:', error);
        if (this.renewal !== mine || isFinal(error)) return;
        this.renewal = setTimeout(() => this.plan(renew), MARGIN / 4);
      });
    }, Math.max(0, Math.min(at - Date.now(), 2 ** 31 - 1)));
  }

  /** What was asked for before is not taken any more. */
  stop(): void {
    clearTimeout(this.renewal);
    this.renewal = undefined;
  }
}
