/** What is sent into a room: one track of one source, which outlives transports and nodes. */
import type { MediaSource } from '#libs/contracts';
import type { types } from 'mediasoup-client';

export interface PublishOptions {
  /** Three layers of the picture, so that each viewer gets what their network carries. Not for screens. */
  simulcast?: boolean;
  /** Bits a second of the best layer; 1,200,000 unless told. */
  maxBitrate?: number;
  /** Begins muted. */
  paused?: boolean;
  /** Preferred codec, when the room has it: `video/H264`, `video/VP8`. The room's own order otherwise. */
  codec?: string;
}

/** Layers from small to whole, shares of the best layer's bitrate. */
const layers = [{ scaleResolutionDownBy: 4, share: 0.11 }, { scaleResolutionDownBy: 2, share: 0.36 }, { scaleResolutionDownBy: 1, share: 1 }];

/** What the browser's encoder is told. */
export function producerOptions(track: MediaStreamTrack, source: MediaSource, options: PublishOptions, codecs: readonly types.RtpCodecCapability[]): types.ProducerOptions {
  const codec = codecs.find(one => one.mimeType.toLowerCase() === options.codec?.toLowerCase());
  const common = { track, stopTracks: false, zeroRtpOnPause: false, disableTrackOnPause: true, ...(codec ? { codec } : {}) };
  if (track.kind === 'audio') return { ...common, codecOptions: { opusDtx: source === 'microphone', opusFec: true, opusStereo: source === 'screenAudio' } };
  const maxBitrate = options.maxBitrate ?? 1_200_000;
  if (!options.simulcast) return { ...common, encodings: [{ maxBitrate }], codecOptions: { videoGoogleStartBitrate: 600 } };
  return {
    ...common,
    encodings: layers.map(({ scaleResolutionDownBy, share }, n) => ({ rid: `r${n}`, scaleResolutionDownBy, maxBitrate: Math.round(maxBitrate * share), scalabilityMode: 'L1T2' })),
    codecOptions: { videoGoogleStartBitrate: 800 },
  };
}

/** What RoomClient keeps of a publication; the producer is another after each new transport. */
export class Publication {
  producer: types.Producer | undefined;
  paused: boolean;

  constructor(public track: MediaStreamTrack, readonly source: MediaSource, readonly options: PublishOptions) {
    this.paused = options.paused ?? false;
  }

  /** Makes a key frame of every layer now. A browser that has no such option leaves it out, and hears RTCP as ever. */
  async makeKeyFrame(): Promise<void> {
    const sender = this.producer?.rtpSender;
    if (!sender) return;
    const parameters = sender.getParameters();
    const options = { encodingOptions: parameters.encodings.map(() => ({ keyFrame: true })) };
    await (sender.setParameters as (parameters: RTCRtpSendParameters, options: unknown) => Promise<void>).call(sender, parameters, options);
  }

  get kind(): 'audio' | 'video' { return this.track.kind as 'audio' | 'video'; }
}
