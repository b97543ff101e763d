import type { PictureSize } from './rtp.rules.js';

/** What one ffmpeg does. Its pictures: copied (H.264), transcoded (VP8), or a black one where there are none. */
export interface RunPlan {
  video:
    | { how: 'copy'; payloadType: number; parameterSets: string | null }
    | { how: 'transcode'; payloadType: number; size: PictureSize }
    | { how: 'black' };
  /** Streams of sound that are mixed. */
  microphones: number;
}

export interface RunPorts {
  video: number | null;
  audio: number[];
}

/** Payload type of the sound that the recorder itself sends. */
export const AUDIO_PAYLOAD = 100;
/** Transcoded pictures have at most so many pixels (720p). */
const MOST_PIXELS = 1_280 * 720;
/** A segment is cut at the first key frame after `shortest`, and without one at `longest`, microseconds. */
const SHORTEST = 800_000;
const LONGEST = 2_400_000;

/** What ffmpeg is told to receive (RFC 8866). */
export function receiverSdp({ video }: RunPlan, ports: RunPorts): string {
  const lines = ['v=0', 'o=- 0 0 IN IP4 127.0.0.1', 's=-', 'c=IN IP4 127.0.0.1', 't=0 0'];
  if (video.how !== 'black') {
    const type = video.payloadType;
    lines.push(`m=video ${ports.video} RTP/AVP ${type}`, `a=rtpmap:${type} ${video.how === 'copy' ? 'H264' : 'VP8'}/90000`);
    if (video.how === 'copy') lines.push(`a=fmtp:${type} packetization-mode=1${video.parameterSets ? `;sprop-parameter-sets=${video.parameterSets}` : ''}`);
  }
  for (const port of ports.audio) lines.push(`m=audio ${port} RTP/AVP ${AUDIO_PAYLOAD}`, `a=rtpmap:${AUDIO_PAYLOAD} opus/48000/2`);
  return `${lines.join('\r\n')}\r\n`;
}

/** The size in which pictures are transcoded: no larger than 720p's number of pixels, even, the shape kept. */
export function transcodedSize({ width, height }: PictureSize): PictureSize {
  const scale = Math.min(1, Math.sqrt(MOST_PIXELS / (width * height)));
  const even = (length: number) => Math.max(2, Math.round((length * scale) / 2) * 2);
  return { width: even(width), height: even(height) };
}

/**
 * Whether a new size of a transcoded picture is worth a cut: another shape (a phone was turned), or a good deal more of it.
 * A smaller one of the same shape, which simulcast gives and takes, is scaled.
 */
export function worthCutting(from: PictureSize, to: PictureSize): boolean {
  const shape = (size: PictureSize) => size.width / size.height;
  if (Math.abs(shape(from) / shape(to) - 1) > 0.05) return true;
  const [before, after] = [transcodedSize(from), transcodedSize(to)];
  return after.width * after.height > 1.5 * before.width * before.height;
}

/** ffmpeg's arguments: RTP of the loopback in, a fragmented MP4 of H.264 and AAC on its output. */
export function ffmpegArguments(plan: RunPlan, ports: RunPorts): string[] {
  const sdp = `data:application/sdp;base64,${Buffer.from(receiverSdp(plan, ports)).toString('base64')}`;
  const black = plan.video.how === 'black';
  const mix = ports.audio.map((_, n) => `[0:a:${n}]aresample=async=1000:first_pts=0[m${n}]`);
  const mixed = ports.audio.length === 1 ? '[m0]anull[sound]' : `${ports.audio.map((_, n) => `[m${n}]`).join('')}amix=inputs=${ports.audio.length}:normalize=0,alimiter[sound]`;
  return [
    '-hide_banner', '-nostdin', '-nostats', '-loglevel', 'warning',
    '-protocol_whitelist', 'data,udp,rtp', '-localaddr', '127.0.0.1', '-buffer_size', '4194304',
    '-analyzeduration', '1500000', '-probesize', '1000000', '-fpsprobesize', '0', '-thread_queue_size', '1024', '-f', 'sdp', '-i', sdp,
    ...(black ? ['-re', '-f', 'lavfi', '-i', 'color=c=black:s=640x360:r=10'] : []),
    '-filter_complex', [...mix, mixed].join(';'), '-map', black ? '1:v:0' : '0:v:0', '-map', '[sound]',
    ...videoArguments(plan),
    '-c:a', 'aac', '-b:a', '96k', '-ar', '48000', '-ac', '2',
    '-f', 'mp4', '-movflags', '+empty_moov+delay_moov+frag_keyframe+default_base_moof',
    '-min_frag_duration', String(SHORTEST), '-frag_duration', String(LONGEST), '-max_interleave_delta', '1000000', '-flush_packets', '1', 'pipe:1',
  ];
}

function videoArguments({ video }: RunPlan): string[] {
  if (video.how === 'copy') return ['-c:v', 'copy'];
  const common = ['-c:v', 'libx264', '-profile:v', 'baseline', '-pix_fmt', 'yuv420p', '-tune', 'zerolatency', '-threads', '2', '-force_key_frames', 'expr:gte(t,n_forced)'];
  if (video.how === 'black') return [...common, '-preset', 'ultrafast', '-crf', '40'];
  const { width, height } = transcodedSize(video.size);
  return ['-vf', `scale=${width}:${height}`, ...common, '-preset', 'veryfast', '-crf', '24', '-maxrate', '1800k', '-bufsize', '3600k', '-fps_mode', 'vfr'];
}
