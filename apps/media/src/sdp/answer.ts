import type { TransportParams } from '#libs/sfu';
import type { Offer, OfferedMedia } from './offer.js';

/** How a line of the offer is answered: its attributes, without `a=`. Absent: it is rejected. */
export interface AnsweredMedia {
  direction: 'recvonly' | 'sendonly' | 'inactive';
  payloadTypes: number[];
  attributes: string[];
}

/** `passive`: the other end begins DTLS, unless it insists on waiting for us. */
export const answeredSetup = ({ dtls }: Offer): 'active' | 'passive' => (dtls.setup === 'passive' ? 'active' : 'passive');

/** The answer to an offer (RFC 8829): its lines in its order, one bundled connection. */
export function writeAnswer(offer: Offer, { iceParameters, iceCandidates, dtlsParameters }: TransportParams, sessionId: string, answers: ReadonlyMap<number, AnsweredMedia>): string {
  const fingerprint = dtlsParameters.fingerprints.find(({ algorithm }) => algorithm === 'sha-256') ?? dtlsParameters.fingerprints[0]!;
  const connection = [
    `ice-ufrag:${iceParameters.usernameFragment}`, `ice-pwd:${iceParameters.password}`,
    `fingerprint:${fingerprint.algorithm} ${fingerprint.value}`, `setup:${answeredSetup(offer)}`,
    ...iceCandidates.map(candidateLine), 'end-of-candidates',
  ];
  const accepted = offer.media.filter(({ index }) => answers.has(index));
  const lines = [
    'v=0', `o=fairwind ${sessionId} 1 IN IP4 0.0.0.0`, 's=-', 't=0 0', 'a=ice-lite',
    ...(accepted.length > 0 ? [`a=group:BUNDLE ${accepted.map(({ mid }) => mid).join(' ')}`] : []),
    'a=msid-semantic: WMS *',
    ...offer.media.flatMap((media) => mediaLines(media, answers.get(media.index), connection)),
  ];
  return `${lines.join('\r\n')}\r\n`;
}

function mediaLines(media: OfferedMedia, answer: AnsweredMedia | undefined, connection: string[]): string[] {
  if (!answer) return [`m=${media.type} 0 ${media.protocol} ${media.formats}`, 'c=IN IP4 0.0.0.0', `a=mid:${media.mid}`, 'a=inactive'];
  return [
    `m=${media.type} 7 ${media.protocol} ${answer.payloadTypes.join(' ')}`, 'c=IN IP4 0.0.0.0', `a=mid:${media.mid}`, `a=${answer.direction}`,
    ...[...connection, 'rtcp-mux', ...(media.reducedSize ? ['rtcp-rsize'] : []), ...answer.attributes].map((attribute) => `a=${attribute}`),
  ];
}

function candidateLine({ foundation, protocol, priority, address, ip, port, type, tcpType }: TransportParams['iceCandidates'][number]): string {
  return `candidate:${foundation} 1 ${protocol} ${priority} ${address ?? ip} ${port} typ ${type}${tcpType ? ` tcptype ${tcpType}` : ''}`;
}

/** `fmtp:96 a=1;b=2`; null without parameters. */
export function fmtpLine(payloadType: number, parameters: Readonly<Record<string, unknown>> | undefined): string | null {
  const pairs = Object.entries(parameters ?? {}).map(([name, value]) => `${name}=${String(value)}`);
  return pairs.length > 0 ? `fmtp:${payloadType} ${pairs.join(';')}` : null;
}
