import { Producer, type ProduceOptions, type Publisher } from './producer.js';
import type { RoomRouter } from './room-router.js';

export interface PlainProducerOptions extends ProduceOptions {
  peerId: string;
}

/** Where the sender sends: RTP and RTCP have a port each, as ffmpeg wants it. */
export interface PlainProducer {
  producer: Producer;
  ip: string;
  port: number;
  rtcpPort: number;
}

/** A track from a program beside us (ffmpeg with a file or a capture card) as plain RTP. Its transport ends with it. */
export async function openPlainProducer(origin: RoomRouter, options: PlainProducerOptions & Publisher): Promise<PlainProducer> {
  const transport = await origin.native.createPlainTransport({
    listenInfo: { protocol: 'udp', ip: '127.0.0.1' },
    rtcpMux: false,
    comedia: true, // it answers to wherever the first packets of RTP and of RTCP come from
  });
  try {
    const producer = await Producer.open(transport, options, options);
    origin.carryProducer(producer);
    origin.children.add(producer);
    producer.once('closed', () => {
      origin.children.delete(producer);
      transport.close();
    });
    return { producer, ip: '127.0.0.1', port: transport.tuple.localPort, rtcpPort: transport.rtcpTuple!.localPort };
  } catch (cause) {
    transport.close();
    throw cause;
  }
}
