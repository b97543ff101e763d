import fc from 'fast-check';
import { parse } from 'sdp-transform';
import { DomainError } from '#libs/platform';
import { writeAnswer } from './answer.js';
import { readOffer } from './offer.js';
import { takenMedia } from './publish-answer.js';
import { acceptMedia, chooseCodec, publishedParameters } from './publish.rules.js';
import { dialectOf, watchableMedia } from './watch.rules.js';

const fingerprint = 'AB:CD:EF:01:23:45:67:89:AB:CD:EF:01:23:45:67:89:AB:CD:EF:01:23:45:67:89:AB:CD:EF:01:23:45:67:89';
const connection = `a=ice-ufrag:Tq5F\r\na=ice-pwd:aBcDeFgHiJkLmNoPqRsTuVwX\r\na=fingerprint:sha-256 ${fingerprint}\r\na=setup:actpass\r\n`;
const head = (mids: string) => `v=0\r\no=- 4611731400430051336 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE ${mids}\r\na=msid-semantic: WMS\r\n`;
/** As Chromium 130 writes it, shortened. */
const chromium = `${head('0 1')}m=audio 9 UDP/TLS/RTP/SAVPF 111 63 9\r\nc=IN IP4 0.0.0.0\r\na=rtcp:9 IN IP4 0.0.0.0\r\n${connection}a=mid:0
a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level\r\na=extmap:2 http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time\r\na=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid
a=sendonly\r\na=msid:- 1\r\na=rtcp-mux\r\na=rtpmap:111 opus/48000/2\r\na=rtcp-fb:111 transport-cc\r\na=fmtp:111 minptime=10;useinbandfec=1\r\na=rtpmap:63 red/48000/2\r\na=fmtp:63 111/111\r\na=rtpmap:9 G722/8000
a=ssrc:1001 cname:abc\r\na=ssrc:1001 msid:- 1
m=video 9 UDP/TLS/RTP/SAVPF 96 97 103 104 109 114\r\nc=IN IP4 0.0.0.0\r\n${connection}a=mid:1\r\na=extmap:14 urn:ietf:params:rtp-hdrext:toffset\r\na=extmap:13 urn:3gpp:video-orientation\r\na=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid
a=sendonly\r\na=rtcp-mux\r\na=rtcp-rsize\r\na=rtpmap:96 VP8/90000\r\na=rtcp-fb:96 nack\r\na=rtpmap:97 rtx/90000\r\na=fmtp:97 apt=96
a=rtpmap:103 H264/90000\r\na=fmtp:103 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42001f\r\na=rtpmap:104 rtx/90000\r\na=fmtp:104 apt=103
a=rtpmap:109 H264/90000\r\na=rtcp-fb:109 goog-remb\r\na=rtcp-fb:109 nack\r\na=rtcp-fb:109 nack pli\r\na=rtcp-fb:109 x-strange\r\na=fmtp:109 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f
a=rtpmap:114 rtx/90000\r\na=fmtp:114 apt=109\r\na=ssrc-group:FID 2001 2002\r\na=ssrc:2001 cname:abc\r\na=ssrc:2002 cname:abc\r\n`.replace(/(?<!\r)\n/g, '\r\n');
/** As OBS 30 (libdatachannel) writes it: its certificate and ICE once, for the session. */
const obs = `v=0\r\no=rtc 1 0 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE 0 1\r\na=group:LS 0 1\r\na=msid-semantic:WMS *\r\n${connection}a=ice-options:ice2,trickle
m=audio 9 UDP/TLS/RTP/SAVPF 111\r\nc=IN IP4 0.0.0.0\r\na=mid:0\r\na=sendonly\r\na=ssrc:3001 cname:obs\r\na=rtcp-mux\r\na=rtpmap:111 opus/48000/2\r\na=fmtp:111 minptime=10;maxaveragebitrate=96000;stereo=1;sprop-stereo=1;useinbandfec=1
m=video 9 UDP/TLS/RTP/SAVPF 96\r\nc=IN IP4 0.0.0.0\r\na=mid:1\r\na=sendonly\r\na=ssrc:3002 cname:obs\r\na=rtcp-mux\r\na=rtpmap:96 H264/90000\r\na=rtcp-fb:96 nack\r\na=rtcp-fb:96 nack pli\r\na=fmtp:96 profile-level-id=64001f;packetization-mode=1;level-asymmetry-allowed=1\r\n`.replace(/(?<!\r)\n/g, '\r\n');
/** As GStreamer's whipclientsink writes it: names for mids, parameter sets beforehand, both directions. */
const gstreamer = `v=0\r\no=- 8515 0 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\na=ice-options:trickle\r\na=group:BUNDLE video0 audio1
m=video 9 UDP/TLS/RTP/SAVPF 96\r\nc=IN IP4 0.0.0.0\r\n${connection}a=rtcp-mux\r\na=rtcp-rsize\r\na=sendrecv\r\na=rtpmap:96 H264/90000\r\na=rtcp-fb:96 nack pli\r\na=rtcp-fb:96 ccm fir\r\na=rtcp-fb:96 transport-cc
a=fmtp:96 packetization-mode=1;profile-level-id=42c01f;sprop-parameter-sets=Z0LAH9kAoC/5cBEAAAMAAQAAAwAyDxYuSA==,aMuDyyA=\r\na=ssrc:4001 msid:user1 webrtctransceiver0\r\na=ssrc:4001 cname:user1\r\na=mid:video0
m=audio 9 UDP/TLS/RTP/SAVPF 97\r\nc=IN IP4 0.0.0.0\r\n${connection}a=rtcp-mux\r\na=sendrecv\r\na=rtpmap:97 OPUS/48000/2\r\na=fmtp:97 sprop-stereo=1\r\na=ssrc:4002 cname:user1\r\na=mid:audio1\r\n`.replace(/(?<!\r)\n/g, '\r\n');
/** As ffmpeg's WHIP muxer writes it: it waits for DTLS, and says little. */
const ffmpeg = `v=0\r\no=FFmpeg 4489045141692799359 2 IN IP4 127.0.0.1\r\ns=FFmpegPublishSession\r\nt=0 0\r\na=group:BUNDLE 0 1\r\na=extmap-allow-mixed\r\na=msid-semantic: WMS
m=audio 9 UDP/TLS/RTP/SAVPF 111\r\nc=IN IP4 0.0.0.0\r\n${connection.replace('actpass', 'passive')}a=mid:0\r\na=sendonly\r\na=msid:FFmpeg audio\r\na=rtcp-mux\r\na=rtpmap:111 opus/48000/2\r\na=ssrc:5001 cname:FFmpeg
m=video 9 UDP/TLS/RTP/SAVPF 106\r\nc=IN IP4 0.0.0.0\r\n${connection.replace('actpass', 'passive')}a=mid:1\r\na=sendonly\r\na=rtcp-mux\r\na=rtcp-rsize\r\na=rtpmap:106 H264/90000\r\na=fmtp:106 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42001f\r\na=ssrc:5002 cname:FFmpeg\r\n`.replace(/(?<!\r)\n/g, '\r\n');
const simulcast = `${head('v')}m=video 9 UDP/TLS/RTP/SAVPF 96\r\nc=IN IP4 0.0.0.0\r\n${connection}a=mid:v\r\na=sendonly\r\na=rtcp-mux\r\na=rtpmap:96 VP8/90000\r\na=extmap:10 urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id\r\na=rid:q send\r\na=rid:h send\r\na=rid:f send\r\na=simulcast:send q;~h;f\r\n`;

const uris = ['urn:ietf:params:rtp-hdrext:sdes:mid', 'urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id', 'urn:3gpp:video-orientation', 'urn:ietf:params:rtp-hdrext:ssrc-audio-level', 'http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time'] as const;
const capabilities = { codecs: [], headerExtensions: (['audio', 'video'] as const).flatMap((kind) => uris.map((uri, n) => ({ kind, uri, preferredId: n + 1 }))) } as Parameters<typeof acceptMedia>[1];
const accept = (sdp: string) => readOffer(sdp).media.map((media) => acceptMedia(media, capabilities));
const params = {
  id: 't', iceParameters: { usernameFragment: 'ours', password: 'secretsecretsecretsecret', iceLite: true },
  iceCandidates: [{ foundation: 'udpcandidate', priority: 1, ip: '10.0.0.1', address: '10.0.0.1', protocol: 'udp', port: 44_400, type: 'host' }, { foundation: 'tcpcandidate', priority: 1, ip: '10.0.0.1', address: '10.0.0.1', protocol: 'tcp', port: 44_400, type: 'host', tcpType: 'passive' }],
  dtlsParameters: { role: 'auto', fingerprints: [{ algorithm: 'sha-256', value: fingerprint }] },
} as Parameters<typeof writeAnswer>[1];
const answerTo = (sdp: string) => {
  const offer = readOffer(sdp);
  const accepted = offer.media.flatMap((media) => acceptMedia(media, capabilities) ?? []);
  return writeAnswer(offer, params, '7', new Map(accepted.map((each) => [each.media.index, takenMedia(each)])));
};

describe('a publisher’s offer', () => {
  it('of Chromium gives Opus, and H.264 constrained baseline with its retransmissions', () => {
    const [audio, video] = accept(chromium).map((each) => publishedParameters(each!));
    expect(audio).toMatchObject({ mid: '0', encodings: [{ ssrc: 1_001 }], codecs: [{ mimeType: 'audio/opus', payloadType: 111, channels: 2, parameters: { useinbandfec: 1 } }] });
    expect(video).toMatchObject({ mid: '1', encodings: [{ ssrc: 2_001, rtx: { ssrc: 2_002 } }], rtcp: { cname: 'abc', reducedSize: true } });
    expect(video!.codecs.map(({ mimeType, payloadType }) => [mimeType, payloadType])).toEqual([['video/H264', 109], ['video/rtx', 114]]);
    expect(video!.codecs[0]!.rtcpFeedback).toEqual([{ type: 'goog-remb', parameter: '' }, { type: 'nack', parameter: '' }, { type: 'nack', parameter: 'pli' }]);
    // A turned phone turns its picture itself.
    expect(video!.headerExtensions).toEqual([expect.objectContaining({ id: 4, uri: 'urn:ietf:params:rtp-hdrext:sdes:mid' })]);
  });

  it('of OBS gives what it has, whatever profile it names', () => {
    const [audio, video] = accept(obs).map((each) => publishedParameters(each!));
    expect(audio!.codecs[0]!.parameters).toMatchObject({ stereo: 1, 'sprop-stereo': 1 });
    expect(video).toMatchObject({ encodings: [{ ssrc: 3_002 }], codecs: [{ mimeType: 'video/H264', parameters: { 'profile-level-id': '42e01f', 'packetization-mode': 1 } }] });
    expect(answerTo(obs)).toContain('profile-level-id=64001f'); // it hears its own words
  });

  it('of GStreamer and of ffmpeg', () => {
    const [video, audio] = accept(gstreamer).map((each) => publishedParameters(each!));
    expect([video!.mid, audio!.mid, audio!.codecs[0]!.mimeType]).toEqual(['video0', 'audio1', 'audio/OPUS']);
    expect(video!.codecs[0]!.parameters).toMatchObject({ 'sprop-parameter-sets': 'Z0LAH9kAoC/5cBEAAAMAAQAAAwAyDxYuSA==,aMuDyyA=' });
    expect(answerTo(gstreamer)).not.toContain('sprop-parameter-sets');
    expect(accept(ffmpeg).map((each) => publishedParameters(each!).encodings)).toEqual([[{ ssrc: 5_001 }], [{ ssrc: 5_002 }]]);
    expect(answerTo(ffmpeg)).toMatch(/a=setup:active\r\n/);
  });

  it('keeps the layers of simulcast, in their order', () => {
    expect(publishedParameters(accept(simulcast)[0]!).encodings).toEqual([{ rid: 'q' }, { rid: 'h' }, { rid: 'f' }]);
    expect(answerTo(simulcast)).toMatch(/a=rid:q recv\r\na=rid:h recv\r\na=rid:f recv\r\na=simulcast:recv q;h;f\r\n/);
  });

  it('takes VP8 without H.264, and nothing of what it does not know', () => {
    expect(chooseCodec(readOffer(chromium.replaceAll('H264', 'AV1')).media[1]!)?.mimeType).toBe('video/VP8');
    expect(chooseCodec(readOffer(chromium.replaceAll('H264', 'AV1').replaceAll('VP8', 'VP9')).media[1]!)).toBeUndefined();
  });
});

describe('an answer', () => {
  it('has the offer’s lines in its order; what is not taken is rejected and out of the bundle', () => {
    const offered = chromium.replaceAll('H264', 'AV1').replaceAll('VP8', 'VP9').replace('BUNDLE 0 1', 'BUNDLE 0 1 2')
      + `m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\nc=IN IP4 0.0.0.0\r\n${connection}a=mid:2\r\na=sctp-port:5000\r\n`;
    const answer = parse(answerTo(offered));
    expect(answer.media.map(({ type, port }) => [type, port])).toEqual([['audio', 7], ['video', 0], ['application', 0]]);
    expect(answer.groups).toEqual([{ type: 'BUNDLE', mids: 0 }]);
    expect(answer.icelite).toBe('ice-lite');
    expect(answer.media[0]).toMatchObject({ setup: 'passive', direction: 'recvonly', mid: 0, rtcpMux: 'rtcp-mux', iceUfrag: 'ours' });
    expect(answer.media[0]!.candidates!.map(({ transport, tcptype }) => [transport, tcptype])).toEqual([['udp', undefined], ['tcp', 'passive']]);
  });

  it('begins DTLS itself when the other end insists on waiting', () => {
    expect(answerTo(obs.replace('setup:actpass', 'setup:passive'))).toContain('a=setup:active');
  });

  it('takes nothing from outside the bundle', () => {
    expect(accept(chromium.replace('BUNDLE 0 1', 'BUNDLE 0'))[1]).toBeNull();
  });
});

it('a player’s own numbers are the ones that it is sent', () => {
  const offer = readOffer(chromium.replaceAll('sendonly', 'recvonly'));
  const lines = offer.media.map((media) => watchableMedia(media)!);
  expect(dialectOf(lines).map(({ mimeType, preferredPayloadType }) => [mimeType, preferredPayloadType])).toEqual([['audio/opus', 111], ['video/H264', 109], ['video/VP8', 96]]);
  expect(lines[1]!.takes('video', 'video/vp8')).toBe(true);
  expect(watchableMedia(readOffer(chromium).media[0]!)).toBeNull(); // it only sends
});

describe('hostile words', () => {
  const tried = (sdp: string) => {
    try {
      const offer = readOffer(sdp);
      for (const media of offer.media) {
        const accepted = acceptMedia(media, capabilities);
        if (accepted) JSON.stringify(publishedParameters(accepted));
        watchableMedia(media);
      }
      return answerTo(sdp);
    } catch (error) {
      if (error instanceof DomainError && error.code === 'malformedRequest') return null;
      throw error;
    }
  };

  it.each(['', 'v=0', 'hello', '{"v":0}', 'v=0\r\nm=audio', chromium.replace(fingerprint, 'xx'), chromium.replace('a=mid:1', 'a=mid:0'), `v=0\r\n${'m=audio 9 UDP/TLS/RTP/SAVPF 111\r\n'.repeat(40)}`, `v=0\r\n${'x'.repeat(70_000)}`])(
    'are refused: %#', (sdp) => expect(tried(sdp)).toBeNull());

  it.each([['opus', '7'], ['opus', '0x7'], ['H264', '264'], ['rtx', '-1']])('a codec %s that is called %s is one that nobody knows', (codec, name) => {
    expect(readOffer(chromium).media.flatMap(({ codecs }) => codecs).some(({ mimeType }) => mimeType.endsWith(codec))).toBe(true);
    expect(tried(chromium.replaceAll(` ${codec}/`, ` ${name}/`))).not.toBeNull();
    expect(readOffer(chromium.replaceAll(` ${codec}/`, ` ${name}/`)).media.flatMap(({ codecs }) => codecs).some(({ mimeType }) => mimeType.endsWith(codec))).toBe(false);
  });

  it('never do more than be refused, and nothing of theirs breaks a line of the answer', () => {
    const texts = [chromium, obs, gstreamer, ffmpeg, simulcast];
    const piece = fc.oneof(fc.string(), fc.constantFrom('\r\n', '\n', '\0', '__proto__', 'a=rid:__proto__ send', '99999999999999999999', '-1', 'constructor', 'a=fmtp:111 __proto__=1;x', 'a=ssrc:NaN cname:x', 'm=video 0 x'));
    fc.assert(fc.property(fc.constantFrom(...texts), fc.array(fc.tuple(fc.nat(), fc.nat(60), piece), { minLength: 1, maxLength: 6 }), (text, edits) => {
      let sdp = text;
      for (const [at, length, words] of edits) sdp = sdp.slice(0, at % sdp.length) + words + sdp.slice((at % sdp.length) + length);
      const answer = tried(sdp);
      for (const line of answer?.split('\r\n').slice(0, -1) ?? []) if (!/^[a-z]=[\x20-\x7e]*$/.test(line)) throw new Error(`a line of the answer: ${JSON.stringify(line)}`);
    }), { numRuns: 2_000 });
  });
});
