import type { Consumer } from '#libs/sfu';
import { fmtpLine, type AnsweredMedia } from './answer.js';
import type { WatchableMedia } from './watch.rules.js';

/** What we say of a line that is sent a track: as the consumer has it, in the player's numbers. */
export function sentMedia({ codecs }: WatchableMedia, { rtpParameters }: Pick<Consumer, 'rtpParameters'>): AnsweredMedia {
  const [sent] = rtpParameters.codecs;
  const offered = codecs.find((codec) => codec.payloadType === sent!.payloadType)!;
  const encoding = rtpParameters.encodings?.[0];
  const cname = rtpParameters.rtcp?.cname ?? 'fairwind';
  const name = offered.mimeType.split('/')[1]!;
  const { payloadType, clockRate, channels, parameters } = offered;
  const fmtp = fmtpLine(payloadType, parameters);
  return {
    direction: 'sendonly', payloadTypes: [payloadType],
    attributes: [
      `rtpmap:${payloadType} ${name}/${clockRate}${channels > 1 ? `/${channels}` : ''}`, ...(fmtp ? [fmtp] : []),
      ...(sent!.rtcpFeedback ?? []).map(({ type, parameter }) => `rtcp-fb:${payloadType} ${type}${parameter ? ` ${parameter}` : ''}`),
      `msid:fairwind ${offered.mimeType.split('/')[0]}`,
      ...(encoding?.ssrc === undefined ? [] : [`ssrc:${encoding.ssrc} cname:${cname}`]),
    ],
  };
}
