import fc from 'fast-check';
import { dtlsParameters, rtpParameters } from '../../../test/support/media-line.js';
import { isDtlsParameters, isRtpCapabilities, isRtpParameters } from './ortc.rules.js';

const video = rtpParameters('video') as { codecs: object[]; encodings: object[] };
const codec = (more: object) => ({ ...video, codecs: [{ ...video.codecs[0], ...more }] });

it('takes what browsers and encoders send', () => {
  expect([video, rtpParameters('audio'), { ...video, msid: 'a b' }, { codecs: video.codecs }].map(isRtpParameters)).toEqual([true, true, true, true]);
  const simulcast = { ...video, encodings: [{ rid: 'low', active: true, maxBitrate: 150_000, scalabilityMode: 'L1T3' }, { rid: 'high', dtx: false }] };
  expect(isRtpParameters(simulcast)).toBe(true);
  expect(isDtlsParameters(dtlsParameters)).toBe(true);
  expect(isRtpCapabilities({ codecs: [{ kind: 'video', mimeType: 'video/rtx', clockRate: 90_000, preferredPayloadType: 103, parameters: { apt: 102 }, rtcpFeedback: [] }],
    headerExtensions: [{ kind: 'video', uri: 'urn:ietf:params:rtp-hdrext:toffset', preferredId: 2, direction: 'sendrecv' }] })).toBe(true);
});

it.each<[string, unknown]>([
  ['no codec', { ...video, codecs: [] }], ['a payload type beyond seven bits', codec({ payloadType: 128 })], ['half a clock', codec({ clockRate: 0.5 })],
  ['another kind of type', codec({ mimeType: 'text/plain' })], ['a parameter that is an object', codec({ parameters: { a: {} } })], ['feedback that is none', codec({ rtcpFeedback: [null] })],
  ['too many encodings', { ...video, encodings: Array.from({ length: 7 }, () => ({})) }], ['an SSRC beyond 32 bits', { ...video, encodings: [{ ssrc: 2 ** 32 }] }],
  ['a name that is a list', { ...video, mid: ['0'] }], ['nothing', null], ['a list', [video]], ['a text', 'v=0'],
])('refuses %s', (_, value) => expect(isRtpParameters(value)).toBe(false));

it.each<[string, unknown]>([
  ['no fingerprint', { fingerprints: [] }], ['a weak hash', { fingerprints: [{ algorithm: 'md5', value: 'AA:BB' }] }], ['half a fingerprint', { fingerprints: [{ algorithm: 'sha-256', value: 'AA:BB' }] }],
  ['another role', { ...dtlsParameters, role: 'boss' }],
])('refuses %s of a certificate', (_, value) => expect(isDtlsParameters(value)).toBe(false));

it('never throws', () => {
  fc.assert(fc.property(fc.anything({ withNullPrototype: true, withBigInt: true }), (value) => {
    for (const check of [isRtpParameters, isRtpCapabilities, isDtlsParameters]) check(value);
  }), { numRuns: 500 });
});
