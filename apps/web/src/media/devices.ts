/** Cameras and microphones before a broadcast, a stage or an interview: which there are, what went wrong, whether one is heard, how fast the line is. */
import { remember, remembered } from '../net/remember';
import type { RoomClient } from './room-client';
import { sample } from './data-used';

/**
 * `insecure`: the page is not on https; `denied`: the person or the system said no; `missing`: none is plugged in; `busy`: another
 * program has it; `unsupported`: an old browser.
 */
export type DeviceProblem = 'insecure' | 'denied' | 'missing' | 'busy' | 'unsupported' | 'other';

export function deviceProblem(error: unknown): DeviceProblem {
  if (!window.isSecureContext) return 'insecure';
  if (typeof navigator.mediaDevices?.getUserMedia !== 'function') return 'unsupported';
  switch ((error as Partial<DOMException> | null)?.name) {
    case 'NotAllowedError': case 'SecurityError': case 'PermissionDeniedError': return 'denied';
    case 'NotFoundError': case 'OverconstrainedError': case 'DevicesNotFoundError': return 'missing';
    case 'NotReadableError': case 'AbortError': case 'TrackStartError': return 'busy';
    case 'NotSupportedError': case 'TypeError': return 'unsupported';
    default: return 'other';
  }
}

export interface Devices { cameras: MediaDeviceInfo[]; microphones: MediaDeviceInfo[] }

/** Names are empty until the person has allowed one. */
export async function listDevices(): Promise<Devices> {
  const all = await navigator.mediaDevices?.enumerateDevices() ?? [];
  return { cameras: all.filter(one => one.kind === 'videoinput'), microphones: all.filter(one => one.kind === 'audioinput') };
}

/** Calls `act` when something is plugged in or out; the returned function ends that. */
export function whenDevicesChange(act: () => void): () => void {
  navigator.mediaDevices?.addEventListener('devicechange', act);
  return () => navigator.mediaDevices?.removeEventListener('devicechange', act);
}

/** 720p of a camera; `facing` for phones. Rejects with the browser's error, for `deviceProblem`. */
export async function openCamera({ deviceId, facing = 'user', height = 720 }: { deviceId?: string; facing?: 'user' | 'environment'; height?: number } = {}): Promise<MediaStreamTrack> {
  const stream = await navigator.mediaDevices.getUserMedia({ video: {
    ...(deviceId ? { deviceId: { exact: deviceId } } : { facingMode: facing }), width: { ideal: Math.round(height * 16 / 9) }, height: { ideal: height }, frameRate: { ideal: 25, max: 30 },
  } });
  return stream.getVideoTracks()[0];
}

const NOISE = 'fw-noise';
/** 降噪: whether noise is taken out of one's own voice; yes, unless somebody turned it off on this device (a good headset, a soft voice that is cut). */
export const noiseReduced = (): boolean => remembered(NOISE) !== 'off';
/** Counts for microphones that are opened from now on. */
export const setNoiseReduced = (on: boolean): void => remember(NOISE, on ? 'on' : 'off');

/** A microphone; echo and noise are taken out unless told, quiet voices made louder, one channel: cheap phones need it, and weak lines. */
export async function openMicrophone({ deviceId, echo = true, noise = noiseReduced() }: { deviceId?: string; echo?: boolean; noise?: boolean } = {}): Promise<MediaStreamTrack> {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: {
    ...(deviceId ? { deviceId: { exact: deviceId } } : {}), echoCancellation: echo, noiseSuppression: noise, autoGainControl: true, channelCount: 1,
  } });
  return stream.getAudioTracks()[0];
}

/** A screen or window, with its sound where the browser gives it. */
export async function openScreen(): Promise<{ picture: MediaStreamTrack; sound: MediaStreamTrack | undefined }> {
  const stream = await navigator.mediaDevices.getDisplayMedia({ video: { frameRate: { ideal: 15, max: 30 } }, audio: true });
  return { picture: stream.getVideoTracks()[0], sound: stream.getAudioTracks()[0] };
}

/** Tells how loud a track is, 0–1, ten times a second, until the returned function is called. */
export function watchLevel(track: MediaStreamTrack, hear: (level: number) => void): () => void {
  const Made = window.AudioContext ?? (window as unknown as { webkitAudioContext?: typeof AudioContext }).webkitAudioContext;
  if (!Made) return () => undefined;
  const context = new Made();
  const analyser = context.createAnalyser();
  analyser.fftSize = 512;
  context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
  const wave = new Uint8Array(analyser.fftSize);
  const timer = setInterval(() => {
    void context.resume(); // begun by no tap: it waits for one
    analyser.getByteTimeDomainData(wave);
    const power = wave.reduce((sum, value) => sum + ((value - 128) / 128) ** 2, 0) / wave.length;
    // −60 dB is silence, 0 dB is all there is: what people hear is not linear.
    hear(Math.max(0, Math.min(1, 1 + Math.log10(Math.max(power, 1e-6)) / 6)));
  }, 100);
  return () => {
    clearInterval(timer);
    if (context.state !== 'closed') void context.close(); // called a second time, it has nothing to do
  };
}

/** What the line carries upwards, bits a second, as the browser estimates it while something is being sent; null: not known yet. */
export async function uploadEstimate(room: RoomClient): Promise<number | null> {
  return sample(await room.stats(), Date.now()).canSend;
}
