/**
 * HLS as a viewer gets it, in two renditions, the picture with its sound or the sound alone, and what it costs. One player plays at a
 * time; changing begins anew, a replay at the same moment.
 */
import type { ErrorBody } from '#libs/contracts';
import { Emitter } from './emitter';
import { HlsPlayer, soundOf } from './hls-player';

export type Rendition = 'picture' | 'sound';
/** So much media must have come before it is said what a minute costs. Milliseconds. */
const ENOUGH = 4_000;

interface LineEvents {
  playing: [];
  /** It does not play, and will not by itself. */
  failed: [why: string];
  /** This recording has no sound alone. */
  soundless: [];
}

export class HlsLine extends Emitter<LineEvents> {
  /** Something was played whose bytes the browser did not tell. */
  unmeasured = false;
  private player: HlsPlayer | undefined;
  private rendition: Rendition = 'picture';
  private earlier = 0;
  private readonly costs: { [one in Rendition]?: number } = {};
  /** Where the clock stood when it was last seen to move. */
  private moved = { at: 0, time: 0 };
  private over = false;

  constructor(private readonly video: HTMLVideoElement, private readonly url: string, private readonly options: { live: boolean }) { super(); }

  /** Bytes that are known of. */
  get bytes(): number { return this.earlier + (this.player?.bytes ?? 0); }

  /** Plays this one from now on. @param startAt seconds; a replay goes on where it is unless told */
  async show(rendition: Rendition, startAt = this.options.live || !this.player ? undefined : this.video.currentTime): Promise<void> {
    this.leave();
    this.rendition = rendition;
    this.moved = { at: Date.now(), time: this.video.currentTime };
    const player = this.player = new HlsPlayer(this.video, rendition === 'sound' ? soundOf(this.url) : this.url, { live: this.options.live, ...(startAt === undefined ? {} : { startAt }) });
    player.on('playing', () => this.tell('playing'));
    player.on('failed', why => {
      if (this.player !== player) return;
      if (rendition === 'sound') void this.lookForSound(why);
      else this.tell('failed', why);
    });
    await player.open();
    if (player.bytes === null && this.player === player) this.unmeasured = true;
  }

  /** Asks whether the sound can be had alone; `soundless` when it cannot. Nothing is known when the network does not answer. */
  async ask(): Promise<boolean> {
    try {
      const answer = await fetch(soundOf(this.url));
      if (answer.ok) return true;
      const { error } = await answer.json() as ErrorBody;
      if (error.code !== 'soundMissing') return true;
    } catch (error) {
      console.warn('Sound alone:', error);
      return true;
    }
    if (!this.over) this.tell('soundless');
    return false;
  }

  private async lookForSound(why: string): Promise<void> {
    const { player } = this;
    if (await this.ask() && this.player === player) this.tell('failed', why);
  }

  /** Milliseconds that nothing has moved, while it should and there is something to play; null: it need not move now. */
  stalledFor(now: number): number | null {
    const { video, moved, player } = this;
    if (!player || video.paused || video.ended) return this.still(now);
    if (video.currentTime !== moved.time) {
      this.still(now);
      return 0;
    }
    return player.starved ? now - moved.at : this.still(now);
  }

  private still(now: number): null {
    this.moved = { at: now, time: this.video.currentTime };
    return null;
  }

  /** Bytes a minute of each, as far as they were played here. */
  get perMinute(): { picture: number | null; sound: number | null } {
    this.weigh();
    return { picture: this.costs.picture ?? null, sound: this.costs.sound ?? null };
  }

  private weigh(): void {
    const { player } = this;
    if (player?.bytes && player.span >= ENOUGH) this.costs[this.rendition] = player.bytes / (player.span / 60_000);
  }

  private leave(): void {
    this.weigh();
    const { player } = this;
    this.player = undefined;
    this.earlier += player?.bytes ?? 0;
    player?.close();
  }

  close(): void {
    this.over = true;
    this.leave();
  }
}
