import { ffmpegArguments, receiverSdp, transcodedSize, worthCutting } from './ffmpeg.rules.js';

describe('transcoded pictures', () => {
  it('have no more pixels than 720p, even sides, and their shape', () => {
    expect(transcodedSize({ width: 1_920, height: 1_080 })).toEqual({ width: 1_280, height: 720 });
    expect(transcodedSize({ width: 1_080, height: 1_920 })).toEqual({ width: 720, height: 1_280 });
    expect(transcodedSize({ width: 321, height: 181 })).toEqual({ width: 322, height: 182 });
    expect(transcodedSize({ width: 1, height: 1 })).toEqual({ width: 2, height: 2 });
  });

  it('are cut for another shape and for a good deal more, not for layers that come and go', () => {
    const small = { width: 320, height: 180 };
    const large = { width: 1_280, height: 720 };
    expect(worthCutting(small, large)).toBe(true);
    expect(worthCutting(large, small)).toBe(false);
    expect(worthCutting(large, { width: 720, height: 1_280 })).toBe(true);
    expect(worthCutting(large, { width: 1_920, height: 1_080 })).toBe(false); // is scaled to the same
  });
});

it('ffmpeg receives on the loopback alone, and each way in has its port', () => {
  const plan = { video: { how: 'copy', payloadType: 103, parameterSets: 'Z0L=,aM4=' }, microphones: 2 } as const;
  const sdp = receiverSdp(plan, { video: 20_000, audio: [20_002, 20_004] });
  expect(sdp.split('\r\n')).toEqual(expect.arrayContaining([
    'm=video 20000 RTP/AVP 103', 'a=rtpmap:103 H264/90000', 'a=fmtp:103 packetization-mode=1;sprop-parameter-sets=Z0L=,aM4=', 'm=audio 20002 RTP/AVP 100', 'm=audio 20004 RTP/AVP 100',
  ]));
  const words = ffmpegArguments(plan, { video: 20_000, audio: [20_002, 20_004] });
  expect(words[words.indexOf('-localaddr') + 1]).toBe('127.0.0.1');
  expect(words.join(' ')).toContain('amix=inputs=2');
  expect(words.join(' ')).toContain('-c:v copy');
});
