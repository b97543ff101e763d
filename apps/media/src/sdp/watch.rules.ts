import type { OfferedCodec, OfferedMedia } from './offer.js';
import type { RtpCapabilities } from './ortc.js';
import { commonFeedback, isConstrainedBaseline } from './publish.rules.js';

type Capability = NonNullable<RtpCapabilities['codecs']>[number];

/** A line of a player's offer that can be sent something, with the player's own numbers. */
export interface WatchableMedia {
  media: OfferedMedia;
  /** Our codecs that it knows. Retransmissions go with the stream itself: mediasoup numbers RTX by its own lights. */
  codecs: OfferedCodec[];
  /** The same in ORTC's words. */
  capabilities: Capability[];
  takes(kind: string, mimeType: string): boolean;
}

const H264 = { 'packetization-mode': 1, 'profile-level-id': '42e01f', 'level-asymmetry-allowed': 1 };

/** Null: it wants nothing, or nothing that we have. */
export function watchableMedia(media: OfferedMedia): WatchableMedia | null {
  if (media.off || media.kind === 'other' || (media.direction !== 'recvonly' && media.direction !== 'sendrecv')) return null;
  const find = (name: string, also: (codec: OfferedCodec) => boolean = () => true) =>
    media.codecs.find((codec) => codec.mimeType.toLowerCase() === `${media.kind}/${name}` && also(codec));
  const h264 = (codec: OfferedCodec) => Number(codec.parameters['packetization-mode'] ?? 0) === 1;
  const ours = media.kind === 'audio' ? [find('opus', ({ channels }) => channels === 2)]
    : [find('h264', (codec) => h264(codec) && isConstrainedBaseline(codec)) ?? find('h264', h264), find('vp8')];
  const codecs = ours.filter((codec) => codec !== undefined);
  if (codecs.length === 0) return null;
  return {
    media, codecs, capabilities: codecs.map((codec) => capabilityOf(media, codec)),
    takes: (kind, mimeType) => kind === media.kind && codecs.some((codec) => codec.mimeType.toLowerCase() === mimeType.toLowerCase()),
  };
}

function capabilityOf({ kind }: OfferedMedia, codec: OfferedCodec): Capability {
  const { payloadType, mimeType, clockRate, channels } = codec;
  return {
    kind: kind as 'audio' | 'video', mimeType, clockRate, preferredPayloadType: payloadType, ...(channels > 1 && { channels }),
    parameters: /h264$/i.test(mimeType) ? H264 : {}, rtcpFeedback: commonFeedback(codec),
  };
}

/** The codecs of a router that numbers as this player does. */
export function dialectOf(lines: WatchableMedia[]): Capability[] {
  const all = lines.flatMap(({ capabilities }) => capabilities.map((capability) => ({ ...capability, rtcpFeedback: undefined })));
  return all.filter((one, n) => all.findIndex((other) => other.preferredPayloadType === one.preferredPayloadType) === n);
}
