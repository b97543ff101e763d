import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { ENCODER_REST } from './key-frame-gate.js';
import { Room, type RoomOptions } from './room.js';
import { WorkerPool } from './worker-pool.js';

const bind = async () => {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return socket;
};
const sleep = (ms: number) => new Promise((done) => setTimeout(done, ms));
/** Milliseconds. */
const DEAF = 180;
const isKeyFrame = (rtp: Buffer) => (rtp[13]! & 1) === 0;

/**
 * An encoder as Chromium's is: a picture of each layer every 20 ms, key frames of all layers when it is asked for one of
 * any, and deaf to whoever asks again at once. Chromium's is so for 300 ms, which we keep 320 ms away from; this one is for 180,
 * since a busy machine tells it of a request later than it was made. People join 90 ms apart: without the gate it is met.
 */
class Encoder {
  asked = 0;
  /** By another way than RTCP, which it always hears. */
  wanted = 0;
  /** Requests that came too soon after a key frame. */
  unheard = 0;
  private sequence = 0;
  private heardAt = -Infinity;
  private keyFrameDue = true;
  private constructor(private readonly rtp: Socket, private readonly rtcp: Socket) {}

  static async start(room: Room, layers: number, onDemand = false) {
    const ssrcs = Array.from({ length: layers }, (_, layer) => 77 + layer);
    const rtpParameters = {
      codecs: [{ mimeType: 'video/VP8', payloadType: 101, clockRate: 90_000, rtcpFeedback: [{ type: 'nack' }, { type: 'nack', parameter: 'pli' }] }],
      encodings: ssrcs.map((ssrc) => ({ ssrc })),
    };
    const { producer, ip, port, rtcpPort } = await room.addPlainProducer({ peerId: 'host', kind: 'video', source: 'camera', rtpParameters, onDemand });
    const encoder = new Encoder(await bind(), await bind());
    producer.on('keyFrameWanted', () => {
      encoder.wanted++;
      encoder.keyFrameDue = true;
    });
    const report = Buffer.from('80c90001' + '0000004d', 'hex'); // an empty receiver report: tells mediasoup where RTCP goes
    encoder.rtcp.on('message', (rtcp) => encoder.hear(rtcp)).send(report, rtcpPort, ip);
    const pictures = setInterval(() => {
      for (const ssrc of ssrcs) encoder.rtp.send(encoder.picture(ssrc), port, ip);
      encoder.keyFrameDue = false;
      encoder.sequence++;
    }, 20);
    const stop = () => {
      clearInterval(pictures);
      encoder.rtp.close();
      encoder.rtcp.close();
    };
    return { encoder, producer, stop };
  }

  private picture(ssrc: number): Buffer {
    const packet = Buffer.alloc(200);
    packet.set([0x80, 0x80 | 101]);
    packet.writeUInt16BE(this.sequence & 0xffff, 2);
    packet.writeUInt32BE((this.sequence * 1800) >>> 0, 4);
    packet.writeUInt32BE(ssrc, 8);
    packet[12] = 0x10; // VP8 descriptor: a partition starts
    packet[13] = this.keyFrameDue ? 0 : 1;
    return packet;
  }

  /** A compound RTCP packet; payload-specific feedback of format 1 is a picture loss indication. */
  private hear(rtcp: Buffer): void {
    for (let at = 0; at + 4 <= rtcp.length; at += (rtcp.readUInt16BE(at + 2) + 1) * 4) {
      if (rtcp[at + 1] !== 206 || (rtcp[at]! & 31) !== 1) continue;
      this.asked++;
      if (this.keyFrameDue) continue; // on its way, in all layers
      if (performance.now() - this.heardAt < DEAF) {
        this.unheard++;
        continue;
      }
      this.heardAt = performance.now();
      this.keyFrameDue = true;
    }
  }
}

describe('key frames', () => {
  let pool: WorkerPool;
  const stops: (() => unknown)[] = [];
  beforeEach(async () => {
    pool = await WorkerPool.start({ count: 1, listen: [{ address: '127.0.0.1' }], firstPort: 0 });
  });
  afterEach(() => {
    for (const stop of stops.splice(0)) stop();
    pool.close();
  });

  const start = async (options: Partial<RoomOptions> = {}, layers = 1, onDemand = false) => {
    const room = await Room.open(pool, { id: 'room', ...options });
    const { encoder, producer, stop } = await Encoder.start(room, layers, onDemand);
    stops.push(stop);
    await sleep(100);
    return { room, encoder, producer };
  };

  /** A receiver of plain RTP; `shown` is settled by its first packet. */
  const receiver = async (room: Room, producerId: string) => {
    const [rtp, rtcp] = [await bind(), await bind()];
    stops.push(() => rtp.close(), () => rtcp.close());
    const consumer = await room.addPlainConsumer(producerId, { ip: '127.0.0.1', port: rtp.address().port, rtcpPort: rtcp.address().port });
    return { consumer, shown: once(rtp, 'message').then(([packet]) => packet as Buffer) };
  };

  it('begins each picture with a key frame, and sends nothing before it is resumed', async () => {
    const { room, encoder, producer } = await start();
    const { consumer, shown } = await receiver(room, producer.id);
    let early = true;
    void shown.then(() => expect(early).toBe(false));
    await sleep(200);
    early = false;
    expect(encoder.asked).toBeLessThanOrEqual(1); // of the stream's own start, at most
    await consumer.resume();
    expect(isKeyFrame(await shown)).toBe(true);
  });

  it.each([1, 2])('asks for no key frame that the encoder would not hear, when people join in a burst (layers: %d)', async (layers) => {
    const { room, encoder, producer } = await start({}, layers);
    const people = await Promise.all(Array.from({ length: 12 }, () => receiver(room, producer.id)));
    await sleep(ENCODER_REST);
    await Promise.all(people.map(async ({ consumer }, n) => {
      if (layers > 1) await consumer.setPreferredLayers({ spatialLayer: n % layers });
      await sleep(n * 90);
      await producer.gate.pass(); // as a viewer's consumer does
      await consumer.resume();
    }));
    for (const { shown } of people) expect(isKeyFrame(await shown)).toBe(true);
    expect(encoder.unheard).toBe(0);
    expect(encoder.asked).toBeGreaterThan(1); // they came too far apart for one
    expect(encoder.asked).toBeLessThan(8 * layers);
  });

  it('lets the recorder ask at once while viewers are made to wait', async () => {
    const { room, encoder, producer } = await start({ keyFrameInterval: 60_000 });
    const viewers = await Promise.all([receiver(room, producer.id), receiver(room, producer.id)]);
    const recorder = await receiver(room, producer.id);
    await sleep(ENCODER_REST);
    await producer.gate.pass();
    await viewers[0]!.consumer.resume();
    await viewers[0]!.shown;
    const asked = encoder.asked;
    await sleep(ENCODER_REST);
    const late = producer.gate.pass().then(() => 'asked');
    await expect(Promise.race([late, sleep(200).then(() => 'waits')])).resolves.toBe('waits');
    expect(encoder.asked).toBe(asked);
    await recorder.consumer.resume();
    expect(isKeyFrame(await recorder.shown)).toBe(true);
    expect(encoder.asked).toBe(asked + 1);
  });

  it('lets the recorder have its own in the middle of the rest, of a publisher who makes them on demand', async () => {
    const { room, encoder, producer } = await start({}, 2, true);
    const recorder = await receiver(room, producer.id);
    await recorder.consumer.resume();
    await recorder.shown;
    await sleep(ENCODER_REST);
    const before = { asked: encoder.asked, wanted: encoder.wanted };
    for (let n = 0; n < 3; n++) {
      await recorder.consumer.requestKeyFrame();
      await sleep(60);
    }
    expect(encoder.wanted).toBe(before.wanted + 3);
    // By RTCP nothing was asked, so that the next viewer's request is heard.
    expect(encoder.asked).toBe(before.asked);
    expect(encoder.unheard).toBe(0);
  });
});
