import type { OfferedCodec, OfferedMedia } from './offer.js';
import type { RtpCapabilities, RtpCodecParameters, RtpParameters } from './ortc.js';

/** What of an offered m-line is taken: the codec, its retransmissions, and header extensions. */
export interface AcceptedMedia {
  media: OfferedMedia;
  codecs: OfferedCodec[];
  extensions: { id: number; uri: string }[];
}

/** Turned pictures come turned: nobody behind us (ffmpeg, older players) reads the orientation beside the picture. */
const UNWANTED = new Set(['urn:3gpp:video-orientation']);
const FEEDBACK = new Set(['nack ', 'nack pli', 'ccm fir', 'goog-remb ', 'transport-cc ']);

/** Constrained baseline (RFC 6184, 8.1): profile 66 with constraint_set1. Nothing said means baseline. */
export function isConstrainedBaseline({ parameters }: OfferedCodec): boolean {
  const said = String(parameters['profile-level-id'] ?? '420010');
  return /^42[\da-f]{4}$/i.test(said) && (parseInt(said.slice(2, 4), 16) & 0x40) !== 0;
}

const isH264 = ({ mimeType, parameters }: OfferedCodec): boolean => /\/h264$/i.test(mimeType) && Number(parameters['packetization-mode'] ?? 0) === 1;
const isVp8 = ({ mimeType }: OfferedCodec): boolean => /\/vp8$/i.test(mimeType);
const isOpus = ({ mimeType, channels }: OfferedCodec): boolean => /\/opus$/i.test(mimeType) && channels === 2;

/**
 * The codec of a line that the room takes, H.264 constrained baseline before other H.264 before VP8. Encoders that say
 * another profile are taken as well: every decoder we know reads what they send.
 */
export function chooseCodec({ kind, codecs }: OfferedMedia): OfferedCodec | undefined {
  if (kind === 'audio') return codecs.find(isOpus);
  if (kind !== 'video') return undefined;
  return codecs.find((codec) => isH264(codec) && isConstrainedBaseline(codec)) ?? codecs.find(isH264) ?? codecs.find(isVp8);
}

/** What is taken of an m-line, or null: it is rejected. */
export function acceptMedia(media: OfferedMedia, { headerExtensions = [] }: RtpCapabilities): AcceptedMedia | null {
  const codec = media.off ? undefined : chooseCodec(media);
  if (!codec) return null;
  const repeat = media.kind === 'video' ? media.codecs.find(({ repeats }) => repeats === codec.payloadType) : undefined;
  const known = new Set(headerExtensions.filter(({ kind }) => kind === media.kind).map(({ uri }) => uri as string));
  const extensions = media.extensions.filter(({ uri }) => known.has(uri) && !UNWANTED.has(uri));
  return { media, codecs: repeat ? [codec, repeat] : [codec], extensions };
}

/** Feedback that both sides know. */
export const commonFeedback = ({ feedback }: OfferedCodec): { type: string; parameter: string }[] =>
  feedback.filter(({ type, parameter }) => FEEDBACK.has(`${type} ${parameter}`));

/** An accepted line as the parameters of a producer. */
export function publishedParameters({ media, codecs, extensions }: AcceptedMedia): RtpParameters {
  return {
    mid: media.mid,
    codecs: codecs.map(codecParameters),
    headerExtensions: extensions.map(({ id, uri }) => ({ id, uri: uri as never, encrypt: false, parameters: {} })),
    encodings: encodingsOf(media, codecs.length > 1),
    rtcp: { reducedSize: media.reducedSize, ...(media.cname && { cname: media.cname }) },
  };
}

function codecParameters(codec: OfferedCodec): RtpCodecParameters {
  const { payloadType, mimeType, clockRate, channels, parameters } = codec;
  // The room knows one profile; see chooseCodec.
  const h264 = isH264(codec) && { 'profile-level-id': '42e01f', 'level-asymmetry-allowed': 1 };
  return {
    payloadType, mimeType, clockRate, ...(channels > 1 && { channels }), parameters: { ...parameters, ...h264 }, rtcpFeedback: commonFeedback(codec),
  };
}

function encodingsOf({ rids, ssrcs, repairs }: OfferedMedia, repeated: boolean): NonNullable<RtpParameters['encodings']> {
  if (rids.length > 0) return rids.map((rid) => ({ rid }));
  const ssrc = ssrcs[0];
  if (ssrc === undefined) return [{}]; // told apart by its mid
  const repair = repeated ? repairs.get(ssrc) : undefined;
  return [{ ssrc, ...(repair !== undefined && { rtx: { ssrc: repair } }) }];
}
