import { keyFrameOf, newerBy, opusSamples, readRtp, spsSize } from './rtp.rules.js';

const rtp = (payload: number[], { extension = [] as number[], padding = 0, type = 96 } = {}) => Buffer.from([
  0x80 | (extension.length > 0 ? 0x10 : 0) | (padding > 0 ? 0x20 : 0), type, 0x12, 0x34, 0, 0, 1, 0, 0, 0, 0, 9,
  ...(extension.length > 0 ? [0xbe, 0xde, 0, extension.length / 4, ...extension] : []), ...payload, ...Array.from({ length: padding }, () => padding),
]);

describe('an RTP packet', () => {
  it('gives its payload, without extension and padding', () => {
    expect(readRtp(rtp([1, 2, 3]))).toEqual({ sequence: 0x1234, timestamp: 256, payload: Buffer.from([1, 2, 3]) });
    expect(readRtp(rtp([7], { extension: [1, 2, 3, 4], padding: 4 }))!.payload).toEqual(Buffer.from([7]));
  });

  it.each([['nothing', []], ['a nudge', [0]], ['padding alone', [...rtp([], { padding: 4 })]], ['RTCP', [0x80, 200, 0, 6, ...Array<number>(24).fill(0)]],
    ['a cut extension', [0x90, 96, ...Array<number>(10).fill(0)]]])('is not %s', (_, bytes) => expect(readRtp(Buffer.from(bytes))).toBeNull());

  it('is newer across the end of its numbers', () => {
    expect([newerBy(5, 3), newerBy(3, 5), newerBy(1, 65_535), newerBy(65_535, 1)]).toEqual([2, -2, 2, -2]);
  });
});

it('Opus packets say how long they are', () => {
  expect([[0xfc], [0xf8], [0x78], [0x7b, 2], [0x18], [0xfd]].map((payload) => opusSamples(Buffer.from(payload)))).toEqual([960, 960, 960, 1_920, 2_880, 1_920]);
});

// From libx264: baseline 640x360, high 720x1280 (cropped from whole macroblocks).
const sps640 = Buffer.from('6742c01ed900a02ff97011000003000100000300320f162e48', 'hex');
const spsUpright = Buffer.from('6764001facd940b40a1b011000000300100000030320f1831960', 'hex');

describe('a key frame', () => {
  it('of VP8 says its size', () => {
    const frame = [0x10, 0x10, 0x02, 0x00, 0x9d, 0x01, 0x2a, 0x80, 0x02, 0x68, 0x01, 0, 0];
    expect(keyFrameOf('video/VP8', Buffer.from(frame))).toEqual({ size: { width: 640, height: 360 }, parameters: null });
    expect(keyFrameOf('video/VP8', Buffer.from([0x90, 0xe0, 0x81, 0x02, 0x03, 0x04, ...frame.slice(1)]))?.size).toEqual({ width: 640, height: 360 });
    expect(keyFrameOf('video/VP8', Buffer.from([0x10, 0x11, ...frame.slice(2)]))).toBeNull(); // an inter frame
    expect(keyFrameOf('video/VP8', Buffer.from([0x00, ...frame.slice(1)]))).toBeNull(); // the middle of a frame
  });

  it('of H.264 is known alone, aggregated and fragmented', () => {
    const stap = Buffer.concat([Buffer.from([24, 0, sps640.length]), sps640, Buffer.from([0, 2, 0x68, 0xce])]);
    expect(keyFrameOf('video/H264', sps640)?.parameters).toEqual(sps640);
    expect(keyFrameOf('video/H264', stap)?.parameters).toEqual(sps640);
    expect(keyFrameOf('video/H264', Buffer.from([0x7c, 0x85, 0]))).toEqual({ size: null, parameters: null });
    expect(keyFrameOf('video/H264', Buffer.from([0x7c, 0x05, 0]))).toBeNull(); // not its beginning
    expect(keyFrameOf('video/H264', Buffer.from([0x41, 0x9a]))).toBeNull();
  });

  it('says the size that its parameters hold', () => {
    expect([spsSize(sps640), spsSize(spsUpright)]).toEqual([{ width: 640, height: 360 }, { width: 720, height: 1280 }]);
  });

  it('survives parameters that are cut or mad', () => {
    for (let length = 1; length < sps640.length; length++) expect(() => spsSize(sps640.subarray(0, length))).not.toThrow();
    for (let n = 0; n < 256; n++) expect(() => spsSize(Buffer.from([0x67, n, n, n, n ^ 0xff, n, 0, 0, 3, n, n]))).not.toThrow();
  });
});
