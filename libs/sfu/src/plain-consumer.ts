import type { types } from 'mediasoup';
import { Consumer, type KeyFrameSource } from './consumer.js';
import type { Producer } from './producer.js';
import type { RoomRouter } from './room-router.js';
import { SfuError } from './sfu-error.js';

export interface PlainConsumerOptions {
  producer: Producer;
  /** Where the receiver (ffmpeg) listens. */
  ip: string;
  port: number;
  rtcpPort: number;
}

/** What ffmpeg takes: media alone, no retransmission, no header extensions. */
function plainCapabilities({ codecs = [] }: types.RtpCapabilities): types.RtpCapabilities {
  const media = codecs.filter(({ mimeType }) => !mimeType.endsWith('/rtx'));
  return { codecs: media.map((codec) => ({ ...codec, rtcpFeedback: [] })), headerExtensions: [] };
}

/**
 * One track as plain RTP to a program beside us (recording, HLS), on the origin router. It starts paused like every
 * consumer. Its transport is its own and ends with it.
 */
export async function openPlainConsumer(origin: RoomRouter, { producer, ip, port, rtcpPort }: PlainConsumerOptions): Promise<Consumer> {
  const transport = await origin.native.createPlainTransport({
    listenInfo: { protocol: 'udp', ip: '127.0.0.1' },
    rtcpMux: false,
    comedia: false,
  });
  try {
    await transport.connect({ ip, port, rtcpPort });
    const rtpCapabilities = plainCapabilities(origin.native.rtpCapabilities);
    const native = await transport.consume({ producerId: producer.id, rtpCapabilities, enableRtx: false, paused: true });
    const keyFrames: KeyFrameSource = { gate: producer.gate, for: 'recorder', connected: Promise.resolve() };
    const consumer = new Consumer(native, producer.id, producer.kind === 'video' ? keyFrames : undefined);
    origin.carryConsumer(consumer);
    origin.children.add(consumer);
    consumer.once('closed', () => {
      origin.children.delete(consumer);
      transport.close();
    });
    return consumer;
  } catch (cause) {
    transport.close();
    throw cause instanceof SfuError ? cause : SfuError.parameters(cause);
  }
}
