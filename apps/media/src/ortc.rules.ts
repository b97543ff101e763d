/**
 * Checks of mediasoup's ORTC objects before mediasoup sees them: shape, kinds and bounds, so that nothing a client sends reaches a
 * worker unread. Unknown keys are left alone: mediasoup picks what it knows.
 */
type Check = (value: unknown) => boolean;

const int = (min: number, max: number): Check => (value) => Number.isInteger(value) && (value as number) >= min && (value as number) <= max;
const text = (pattern: RegExp): Check => (value) => typeof value === 'string' && pattern.test(value);
const flag: Check = (value) => typeof value === 'boolean';
const oneOf = (...words: string[]): Check => (value) => words.includes(value as string);
const list = (min: number, max: number, each: Check): Check => (value) => Array.isArray(value) && value.length >= min && value.length <= max && value.every(each);
const maybe = (check: Check): Check => (value) => value === undefined || check(value);

function shape(fields: Record<string, Check>): Check {
  return (value) => typeof value === 'object' && value !== null && !Array.isArray(value)
    && Object.entries(fields).every(([name, check]) => check((value as Record<string, unknown>)[name]));
}

const word = text(/^[\w.+:/-]{1,128}$/);
/** Of a codec or an extension: names with short texts, numbers or flags. */
const settings: Check = (value) => typeof value === 'object' && value !== null && !Array.isArray(value) && Object.entries(value).length <= 32
  && Object.entries(value).every(([name, each]) => /^[\w.-]{1,64}$/.test(name)
    && (typeof each === 'boolean' || int(-(2 ** 31), 2 ** 31 - 1)(each) || (typeof each === 'string' && each.length <= 512)));

const mimeType = text(/^(audio|video)\/[\w.-]{1,40}$/i);
const payloadType = int(0, 127);
const ssrc = int(0, 2 ** 32 - 1);
const feedback = list(0, 16, shape({ type: word, parameter: maybe(text(/^[\w.-]{0,64}$/)) }));
const kind = oneOf('audio', 'video');
const uri = text(/^[\x21-\x7e]{1,160}$/);

/** RtpParameters, as a publisher's side makes them. */
export const isRtpParameters = shape({
  mid: maybe(text(/^[\w.+/-]{1,32}$/)),
  codecs: list(1, 16, shape({
    mimeType, payloadType, clockRate: int(1, 1_000_000), channels: maybe(int(1, 8)), parameters: maybe(settings), rtcpFeedback: maybe(feedback),
  })),
  headerExtensions: maybe(list(0, 32, shape({ uri, id: int(1, 255), encrypt: maybe(flag), parameters: maybe(settings) }))),
  encodings: maybe(list(1, 6, shape({
    ssrc: maybe(ssrc), rid: maybe(text(/^[\w-]{1,32}$/)), codecPayloadType: maybe(payloadType), rtx: maybe(shape({ ssrc })), dtx: maybe(flag),
    scalabilityMode: maybe(text(/^\w{1,20}$/)), maxBitrate: maybe(int(0, 2 ** 31 - 1)),
  }))),
  rtcp: maybe(shape({ cname: maybe(text(/^[\x20-\x7e]{0,255}$/)), reducedSize: maybe(flag), mux: maybe(flag) })),
});

/** RtpCapabilities, as a viewer's side says them. */
export const isRtpCapabilities = shape({
  codecs: maybe(list(0, 64, shape({
    kind, mimeType, preferredPayloadType: maybe(payloadType), clockRate: int(1, 1_000_000), channels: maybe(int(1, 8)), parameters: maybe(settings),
    rtcpFeedback: maybe(feedback),
  }))),
  headerExtensions: maybe(list(0, 64, shape({
    kind: maybe(kind), uri, preferredId: int(0, 255), preferredEncrypt: maybe(flag), direction: maybe(oneOf('sendrecv', 'sendonly', 'recvonly', 'inactive')),
  }))),
});

/** DtlsParameters: whose certificate will speak. */
export const isDtlsParameters = shape({
  role: maybe(oneOf('auto', 'client', 'server')),
  fingerprints: list(1, 8, shape({
    algorithm: oneOf('sha-1', 'sha-224', 'sha-256', 'sha-384', 'sha-512'), value: text(/^[\dA-F]{2}(:[\dA-F]{2}){19,63}$/i),
  })),
});
