import { createSocket, type Socket } from 'node:dgram';
import { EventEmitter } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Consumer, Producer, Room } from '#libs/sfu';
import { keyFrameOf, readRtp, type KeyFrame, type RtpPacket } from './rtp.rules.js';

/** A key frame is asked for so long after the last one, and again so often until it comes, milliseconds. */
const KEY_FRAME_AFTER = 900;
const KEY_FRAME_AGAIN = 400;

interface TapEvents {
  /** The whole datagram, what it says, and the key frame that begins in it. */
  packet: [bytes: Buffer, packet: RtpPacket, keyFrame: KeyFrame | null];
}

/** One track of a room as plain RTP in this process: recording looks at packets on their way to ffmpeg. */
export class TrackTap extends EventEmitter<TapEvents> {
  /** When the last packet came, of the monotonic clock, milliseconds; null: none yet. */
  lastAt: number | null = null;
  private readonly openedAt = performance.now();
  private keyFrameAt = -Infinity;
  private askedAt = -Infinity;

  private constructor(
    readonly producer: Producer,
    private readonly consumer: Consumer,
    private readonly socket: Socket,
  ) {
    super();
    socket.on('message', (bytes) => this.take(bytes));
    socket.on('error', () => this.close());
  }

  static async open(room: Room, producer: Producer): Promise<TrackTap> {
    const socket = createSocket('udp4');
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject);
      socket.bind(0, '127.0.0.1', resolve);
    });
    socket.removeAllListeners('error');
    try {
      socket.setRecvBufferSize(4 * 1024 * 1024);
      const { port } = socket.address() as AddressInfo;
      // Sender reports come to the same port, and are left unread.
      const consumer = await room.addPlainConsumer(producer.id, { ip: '127.0.0.1', port, rtcpPort: port });
      const tap = new TrackTap(producer, consumer, socket);
      await consumer.resume().catch((error: unknown) => {
        consumer.close();
        throw error;
      });
      return tap;
    } catch (error) {
      socket.close();
      throw error;
    }
  }

  get payloadType(): number {
    return this.consumer.rtpParameters.codecs[0]!.payloadType;
  }

  /** Something came within the last milliseconds. */
  alive(within: number): boolean {
    return this.lastAt !== null && performance.now() - this.lastAt < within;
  }

  /** Nothing came for so long, though it was waited for, milliseconds. */
  silent(since: number): boolean {
    return performance.now() - (this.lastAt ?? this.openedAt) >= since;
  }

  /** Asks for a key frame when it is time for one. */
  async pace(): Promise<void> {
    const now = performance.now();
    if (this.producer.kind !== 'video' || now - this.keyFrameAt < KEY_FRAME_AFTER || now - this.askedAt < KEY_FRAME_AGAIN) return;
    this.askedAt = now;
    await this.consumer.requestKeyFrame();
  }

  close(): void {
    if (this.consumer.closed && this.listenerCount('packet') === 0) return;
    this.removeAllListeners('packet');
    this.consumer.close();
    this.socket.close();
  }

  private take(bytes: Buffer): void {
    const packet = readRtp(bytes);
    if (!packet) return;
    this.lastAt = performance.now();
    const keyFrame = this.producer.kind === 'video' ? keyFrameOf(this.producer.mimeType, packet.payload) : null;
    if (keyFrame) this.keyFrameAt = this.lastAt;
    this.emit('packet', bytes, packet, keyFrame);
  }
}
