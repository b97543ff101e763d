import { fmtpLine, type AnsweredMedia } from './answer.js';
import type { OfferedCodec } from './offer.js';
import { commonFeedback, type AcceptedMedia } from './publish.rules.js';

/** What we say of a line whose media we take. */
export function takenMedia({ media, codecs, extensions }: AcceptedMedia): AnsweredMedia {
  return {
    direction: 'recvonly', payloadTypes: codecs.map(({ payloadType }) => payloadType),
    attributes: [
      ...codecs.flatMap(codecLines), ...extensions.map(({ id, uri }) => `extmap:${id} ${uri}`),
      ...media.rids.map((rid) => `rid:${rid} recv`), ...(media.rids.length > 0 ? [`simulcast:recv ${media.rids.join(';')}`] : []),
    ],
  };
}

/** The parameters are the offer's own: a number means what the offer says it means. What is ours to wish for is added. */
function codecLines(codec: OfferedCodec): string[] {
  const { payloadType, mimeType, clockRate, channels, parameters } = codec;
  const name = mimeType.split('/')[1]!;
  const wishes = /opus$/i.test(name) ? { useinbandfec: 1, usedtx: 1 } : {};
  const { 'sprop-parameter-sets': _sprop, ...said } = parameters;
  const fmtp = fmtpLine(payloadType, { ...said, ...wishes });
  return [
    `rtpmap:${payloadType} ${name}/${clockRate}${channels > 1 ? `/${channels}` : ''}`, ...(fmtp ? [fmtp] : []),
    ...commonFeedback(codec).map(({ type, parameter }) => `rtcp-fb:${payloadType} ${type}${parameter && ` ${parameter}`}`),
  ];
}
