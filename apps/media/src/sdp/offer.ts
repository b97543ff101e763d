import { parse, parseParams, parsePayloads, type SessionDescription } from 'sdp-transform';
import { DomainError } from '#libs/platform';

/** Nothing that offers audio and video is longer; 64 kB. */
export const LONGEST_SDP = 65_536;
const MOST_MEDIA = 16;

export interface OfferedCodec {
  payloadType: number;
  /** `video/H264`: as it was written. */
  mimeType: string;
  clockRate: number;
  channels: number;
  parameters: Record<string, string | number>;
  feedback: { type: string; parameter: string }[];
  /** RTX: the codec that it repeats. */
  repeats: number | null;
}

export interface OfferedExtension { id: number; uri: string }

/** One m-line, in ORTC's words. */
export interface OfferedMedia {
  index: number;
  mid: string;
  kind: 'audio' | 'video' | 'other';
  /** As it stands in the m-line, for the answer. */
  type: string;
  protocol: string;
  /** First format: a rejected line needs one. */
  formats: string;
  /** The offerer itself has switched it off, or it is not in the bundle. */
  off: boolean;
  direction: 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';
  codecs: OfferedCodec[];
  extensions: OfferedExtension[];
  /** Names of simulcast's layers, in the offer's order. */
  rids: string[];
  ssrcs: number[];
  /** The RTX stream of an SSRC. */
  repairs: Map<number, number>;
  cname: string | undefined;
  reducedSize: boolean;
}

export interface OfferedDtls { algorithm: string; value: string; setup: 'actpass' | 'active' | 'passive' }

export interface Offer {
  media: OfferedMedia[];
  dtls: OfferedDtls;
  iceUfrag: string | null;
}

const refuse = (why: string): never => { throw new DomainError('malformedRequest', { why }); };

/** Reads an SDP offer of one bundled connection (RFC 8829, RFC 9143). Throws `malformedRequest`: with anything hostile, too. */
export function readOffer(text: string): Offer {
  if (text.length > LONGEST_SDP || !text.startsWith('v=0')) refuse('not an SDP');
  const session = parsed(text);
  const lines = session.media;
  if (!Array.isArray(lines) || lines.length === 0 || lines.length > MOST_MEDIA) return refuse('no media');
  const bundle = new Set(String((session.groups ?? []).find(({ type }) => type === 'BUNDLE')?.mids ?? '').split(' '));
  const media = lines.map((line, index) => {
    const mid = String(line.mid ?? index);
    if (!/^[\w.+/-]{1,32}$/.test(mid)) refuse('a mid');
    const off = line.port === 0 && line.bundleOnly !== 'bundle-only';
    return readMedia(line, index, mid, off || (lines.length > 1 && !bundle.has(mid)));
  });
  if (new Set(media.map(({ mid }) => mid)).size !== media.length) refuse('two with one mid');
  return { media, dtls: readDtls(session), iceUfrag: first(session, ({ iceUfrag }) => iceUfrag) ?? null };
}

function parsed(text: string): SessionDescription {
  try {
    return parse(text);
  } catch (error) {
    throw new DomainError('malformedRequest', { why: 'not an SDP' }, error);
  }
}

type Line = SessionDescription['media'][number];

/** Said for the session, or in the first m-line that says it. */
function first<T>(session: SessionDescription, of: (part: SessionDescription | Line) => T | undefined): T | undefined {
  return of(session) ?? session.media.map(of).find((value) => value !== undefined);
}

function readDtls(session: SessionDescription): OfferedDtls {
  const fingerprint = first(session, (part) => part.fingerprint);
  const setup = first(session, (part) => part.setup) ?? 'actpass';
  const algorithm = String(fingerprint?.type ?? '').toLowerCase();
  const value = String(fingerprint?.hash ?? '').toUpperCase();
  if (!/^sha-(1|224|256|384|512)$/.test(algorithm) || !/^[\dA-F]{2}(:[\dA-F]{2}){19,63}$/.test(value)) return refuse('no fingerprint');
  if (setup !== 'actpass' && setup !== 'active' && setup !== 'passive') return refuse('a setup');
  return { algorithm, value, setup };
}

function readMedia(line: Line, index: number, mid: string, off: boolean): OfferedMedia {
  const known = line.type === 'audio' || line.type === 'video' ? line.type : 'other';
  const kind = /^UDP\/TLS\/RTP\/SAVPF?$/.test(line.protocol) ? known : 'other';
  const ssrcs = [...new Set((line.ssrcs ?? []).map(({ id }) => Number(id)).filter(isSsrc))];
  const repairs = new Map<number, number>();
  for (const { semantics, ssrcs: group } of line.ssrcGroups ?? []) {
    const [media, repair] = String(group).split(' ').map(Number);
    if (semantics === 'FID' && isSsrc(media) && isSsrc(repair)) repairs.set(media, repair);
  }
  const simulcast = /^send\s+(\S+)/.exec(`${line.simulcast?.dir1 ?? ''} ${line.simulcast?.list1 ?? ''}`)?.[1]
    ?? /^send\s+(\S+)/.exec(`${line.simulcast?.dir2 ?? ''} ${line.simulcast?.list2 ?? ''}`)?.[1] ?? '';
  const sent = new Set((line.rids ?? []).filter(({ direction }) => direction === 'send').map(({ id }) => String(id)));
  const rids = simulcast.split(';').map((each) => each.split(',')[0]!.replace(/^~/, '')).filter((rid) => sent.has(rid) && /^[\w-]{1,16}$/.test(rid));
  const cname = String((line.ssrcs ?? []).find(({ attribute }) => attribute === 'cname')?.value ?? '');
  return {
    index, mid, kind, off, rids: [...new Set(rids)].slice(0, 4), repairs,
    type: /^[a-z]{1,16}$/.test(line.type) ? line.type : 'audio', protocol: /^[A-Z/]{1,32}$/.test(line.protocol) ? line.protocol : 'UDP/TLS/RTP/SAVPF',
    formats: String(line.payloads ?? '0').split(' ')[0]!.replace(/[^\w-]/g, '') || '0',
    direction: line.direction ?? 'sendrecv', codecs: readCodecs(line), extensions: readExtensions(line),
    ssrcs: ssrcs.filter((ssrc) => ![...repairs.values()].includes(ssrc)).slice(0, 4),
    cname: /^[\x20-\x7e]{1,255}$/.test(cname) ? cname : undefined, reducedSize: line.rtcpRsize === 'rtcp-rsize',
  };
}

const isSsrc = (value: number | undefined): value is number => Number.isInteger(value) && value! > 0 && value! < 2 ** 32;

function readCodecs(line: Line): OfferedCodec[] {
  const listed = parsePayloads(String(line.payloads ?? '')).filter((type) => Number.isInteger(type) && type >= 0 && type < 128).slice(0, 64);
  return listed.flatMap((payloadType) => {
    const map = line.rtp?.find(({ payload }) => payload === payloadType);
    // What looks like a number is one to the parser.
    const name = String(map?.codec ?? '');
    if (!map || !/^[\w.-]{1,40}$/.test(name) || !Number.isInteger(map.rate) || map.rate! < 1 || map.rate! > 1_000_000) return [];
    const parameters = cleanParameters(String(line.fmtp?.find(({ payload }) => payload === payloadType)?.config ?? ''));
    const feedback = (line.rtcpFb ?? []).filter(({ payload }) => String(payload) === String(payloadType) || String(payload) === '*')
      .map(({ type, subtype }) => ({ type: String(type), parameter: String(subtype ?? '') }));
    const channels = Math.min(8, Math.max(1, Number(map.encoding ?? 1) || 1));
    const rtx = name.toLowerCase() === 'rtx';
    return [{ payloadType, mimeType: `${line.type}/${name}`, clockRate: map.rate!, channels, parameters, feedback, repeats: rtx ? Number(parameters.apt) : null }];
  });
}

function cleanParameters(config: string): Record<string, string | number> {
  const read = parseParams(config.slice(0, 1_024)) as Record<string, unknown>;
  return Object.fromEntries(Object.entries(read).filter(([name, value]) => /^[a-z][\w-]{0,40}$/i.test(name) && name !== 'constructor'
    && ((typeof value === 'number' && Number.isFinite(value)) || (typeof value === 'string' && /^[\x21-\x3a\x3c-\x7e]{0,512}$/.test(value)))) as [string, string | number][]);
}

function readExtensions(line: Line): OfferedExtension[] {
  return (line.ext ?? []).flatMap(({ value: id, uri }) => (Number.isInteger(id) && id > 0 && id < 256 && /^[\x21-\x7e]{1,160}$/.test(String(uri)) ? [{ id, uri }] : [])).slice(0, 32);
}
