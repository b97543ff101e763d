/**
 * A microphone or a camera that comes back: a phone call, another program or a cable takes it, and it is asked for again until it is
 * there. The track of the moment is told by `track`; whoever sends it puts the new one in its place.
 */
import { deviceProblem, whenDevicesChange, type DeviceProblem } from '../media/devices';
import { Emitter } from '../media/emitter';

/** `taken`: a phone call or another program has it; `missing`: it was unplugged; `denied`: the person or the system said no. */
export type CaptureState = 'opening' | 'live' | 'taken' | 'missing' | 'denied' | 'closed';

/** A system that mutes a track for so long has given the device to somebody else; some never give that track back. Milliseconds. */
const MUTED_FOR = 3_000;
const AGAIN = 2_000;

const stateOf: Partial<Record<DeviceProblem, CaptureState>> = { denied: 'denied', missing: 'missing', insecure: 'denied', unsupported: 'denied' };

export class Capture<Settings extends { deviceId?: string }> extends Emitter<{ state: [state: CaptureState]; track: [track: MediaStreamTrack] }> {
  state: CaptureState = 'opening';
  track: MediaStreamTrack | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private opening: Promise<void> | undefined;
  private readonly ends: (() => void)[] = [];

  /** @param open asks the browser; rejects with its error */
  constructor(private settings: Settings, private readonly open: (settings: Settings) => Promise<MediaStreamTrack>) {
    super();
    const look = (): void => { if (document.visibilityState === 'visible') this.look(); };
    document.addEventListener('visibilitychange', look);
    this.ends.push(whenDevicesChange(look), () => document.removeEventListener('visibilitychange', look));
  }

  /** Rejects with the browser's error when it cannot be had the first time, for `deviceProblem`; it is asked for again only by `change` then. */
  async begin(): Promise<MediaStreamTrack> {
    try {
      return this.take(await this.open(this.settings));
    } catch (error) {
      this.become(stateOf[deviceProblem(error)] ?? 'taken');
      throw error;
    }
  }

  /** One that is open already (from the pre-check). */
  adopt(track: MediaStreamTrack): MediaStreamTrack { return this.take(track); }

  /** Another one, or the same with other settings. Rejects with the browser's error; the one before goes on then. */
  async change(settings: Partial<Settings>): Promise<MediaStreamTrack> {
    const wanted = { ...this.settings, ...settings };
    const track = await this.open(wanted);
    this.settings = wanted;
    return this.take(track);
  }

  /** Stops it, and does not ask any more. */
  close(): void {
    this.ends.splice(0).forEach(end => end());
    this.drop();
    this.become('closed');
  }

  /** Something changed: is it still ours? */
  private look(): void {
    const { track, state } = this;
    if (state === 'closed' || state === 'opening') return;
    if (!track || track.readyState === 'ended') this.again();
    else if (track.muted) this.wait(MUTED_FOR);
    else if (state !== 'live') this.become('live');
  }

  private take(track: MediaStreamTrack): MediaStreamTrack {
    if (this.state === 'closed') { track.stop(); return track; }
    this.drop();
    this.track = track;
    track.onended = () => { this.become('taken'); this.again(); };
    track.onmute = () => { this.become('taken'); this.wait(MUTED_FOR); };
    track.onunmute = () => { clearTimeout(this.timer); this.become('live'); };
    this.become(track.muted ? 'taken' : 'live');
    if (track.muted) this.wait(MUTED_FOR);
    this.tell('track', track);
    return track;
  }

  private drop(): void {
    clearTimeout(this.timer);
    const { track } = this;
    this.track = undefined;
    if (!track) return;
    track.onended = track.onmute = track.onunmute = null;
    track.stop();
  }

  private wait(ms: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.again(), ms);
  }

  private again(): void {
    clearTimeout(this.timer);
    this.opening ??= this.open(this.settings)
      .catch((error: unknown) => {
        // The one that was chosen may be gone: any other will do.
        if (this.settings.deviceId === undefined || deviceProblem(error) !== 'missing') throw error;
        return this.open({ ...this.settings, deviceId: undefined });
      })
      .then(track => void this.take(track), (error: unknown) => {
        if (this.state === 'closed') return;
        this.become(stateOf[deviceProblem(error)] ?? 'taken');
        this.wait(AGAIN);
      })
      .finally(() => { this.opening = undefined; });
  }

  private become(state: CaptureState): void {
    if (this.state === state || this.state === 'closed') return;
    this.state = state;
    this.tell('state', state);
  }
}
