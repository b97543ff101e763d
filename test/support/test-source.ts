import { spawn, type ChildProcess } from 'node:child_process';
import type { MediaSource } from '../../libs/contracts/src/index.js';
import type { Room } from '../../libs/sfu/src/index.js';

const video = {
  'video/H264': { parameters: { 'packetization-mode': 1, 'profile-level-id': '42e01f', 'level-asymmetry-allowed': 1 }, arguments: ['-c:v', 'libx264', '-profile:v', 'baseline', '-pix_fmt', 'yuv420p', '-preset', 'ultrafast', '-tune', 'zerolatency', '-bsf:v', 'dump_extra=freq=keyframe'] },
  'video/VP8': { parameters: {}, arguments: ['-c:v', 'libvpx', '-deadline', 'realtime', '-cpu-used', '8'] },
} as const;

let ssrc = 1_000;

/** For specs: somebody who sends a test picture or a tone into a room, by ffmpeg. Ends with this process. */
export class TestSource {
  private constructor(readonly producerId: string, private readonly child: ChildProcess) {}

  static picture(room: Room, mimeType: keyof typeof video, size = '320x180', source: MediaSource = 'camera', seconds = 60, peerId = 'host'): Promise<TestSource> {
    const { parameters, arguments: encoder } = video[mimeType];
    return TestSource.start(room, 'video', source, { mimeType, payloadType: 101, clockRate: 90_000, parameters }, ['-f', 'lavfi', '-i', `testsrc=size=${size}:rate=15`, ...encoder, '-g', '15', '-b:v', '300k', '-t', String(seconds)], peerId);
  }

  static tone(room: Room, frequency = 440, peerId = 'host'): Promise<TestSource> {
    return TestSource.start(room, 'audio', 'microphone', { mimeType: 'audio/opus', payloadType: 101, clockRate: 48_000, channels: 2, parameters: {} },
      ['-f', 'lavfi', '-i', `sine=frequency=${frequency}`, '-c:a', 'libopus', '-ac', '2', '-b:a', '32k', '-application', 'lowdelay', '-frame_duration', '20'], peerId);
  }

  private static async start(room: Room, kind: 'audio' | 'video', source: MediaSource, codec: { mimeType: string; payloadType: number; clockRate: number; channels?: number; parameters: Record<string, string | number> }, input: string[], peerId: string): Promise<TestSource> {
    ssrc += 1;
    const { producer, port, rtcpPort } = await room.addPlainProducer({
      peerId, kind, source, rtpParameters: { codecs: [codec], encodings: [{ ssrc }] },
    });
    const child = spawn('setpriv', ['--pdeathsig', 'KILL', 'ffmpeg', '-hide_banner', '-nostdin', '-loglevel', 'error', '-re', ...input,
      '-ssrc', String(ssrc), '-payload_type', '101', '-f', 'rtp', `rtp://127.0.0.1:${port}?rtcpport=${rtcpPort}`], { stdio: 'ignore' });
    producer.once('closed', () => child.kill('SIGKILL'));
    return new TestSource(producer.id, child);
  }

  /** It goes silent without a word, as a phone without a network does. */
  die(): void {
    this.child.kill('SIGKILL');
  }
}
