/**
 * A client of a media node's signalling, without a browser: it negotiates as one does, and remembers all that it is told. What
 * media itself does is shown by the browser's tests.
 */
import { randomInt } from 'node:crypto';
import { io, type Socket } from 'socket.io-client';
import {
  mediaSocketPath, type Ack, type ConsumerParameters, type MediaClientToServer, type MediaHandshake, type MediaServerToClient, type MediaSource,
  type RoomEntered, type RoomPass, type TransportParameters,
} from '#libs/contracts';

type Named = keyof MediaServerToClient;
export type Heard = { [M in Named]: { name: M; data: Parameters<MediaServerToClient[M]>[0] } }[Named];
type Answered = { [M in keyof MediaClientToServer]: Parameters<MediaClientToServer[M]> extends [infer Q, (answer: Ack<infer T>) => void] ? { request: Q; answer: T } : never };
type Question = { [M in keyof Answered]: [Answered[M]] extends [never] ? never : M }[keyof Answered];

/** A certificate that nobody has: enough to negotiate with. */
export const dtlsParameters = {
  role: 'client', fingerprints: [{ algorithm: 'sha-256', value: Array.from({ length: 32 }, (_, n) => (n + 16).toString(16).toUpperCase()).join(':') }],
};
/** What a publisher's browser sends of a camera or a microphone. */
export function rtpParameters(kind: 'audio' | 'video', mid = String(randomInt(1e6))): object {
  const codec = kind === 'video'
    ? { mimeType: 'video/H264', payloadType: 102, clockRate: 90_000, parameters: { 'packetization-mode': 1, 'profile-level-id': '42e01f' }, rtcpFeedback: [{ type: 'nack', parameter: 'pli' }] }
    : { mimeType: 'audio/opus', payloadType: 111, clockRate: 48_000, channels: 2, parameters: { useinbandfec: 1 }, rtcpFeedback: [] };
  return { mid, codecs: [codec], headerExtensions: [], encodings: [{ ssrc: randomInt(1, 2 ** 32 - 1) }], rtcp: { cname: 'test', reducedSize: true } };
}

export class MediaLine {
  readonly heard: Heard[] = [];

  private constructor(readonly socket: Socket<MediaServerToClient, MediaClientToServer>) {
    socket.onAny((name: string, data: unknown) => void this.heard.push({ name, data } as Heard));
  }

  /** Rejects with what the node says when it refuses: `{ data: { code } }`. */
  static async open(url: string, auth: Partial<MediaHandshake> | Record<string, unknown>, options: object = {}): Promise<MediaLine> {
    const line = new MediaLine(io(`${url}/media`, { path: mediaSocketPath, auth, transports: ['websocket'], forceNew: true, reconnection: false, ...options }));
    await new Promise<void>((resolve, reject) => {
      line.socket.once('entered', () => resolve());
      line.socket.once('connect_error', reject);
      line.socket.once('disconnect', (reason) => reject(new Error(reason)));
    }).catch((error: unknown) => {
      line.socket.disconnect();
      throw error;
    });
    return line;
  }

  /** Enters with a pass. @param origin the page's own, for a pass that says no other */
  static enter(pass: RoomPass, origin: string, more: Omit<MediaHandshake, 'token'> = {}): Promise<MediaLine> {
    return MediaLine.open(pass.nodeUrl || origin, { token: pass.token, ...more });
  }

  /** The room as it was told last. */
  get room(): RoomEntered {
    return this.all('entered').at(-1)!;
  }

  all<M extends Named>(name: M): Parameters<MediaServerToClient[M]>[0][] {
    return this.heard.flatMap((each) => (each.name === name ? [each.data as Parameters<MediaServerToClient[M]>[0]] : []));
  }

  /** Anything under any name, as a program that is not ours would. */
  send(name: string, ...args: unknown[]): Promise<Ack<unknown>> {
    return (this.socket as unknown as { timeout(ms: number): { emitWithAck(...all: unknown[]): Promise<Ack<unknown>> } }).timeout(10_000).emitWithAck(name, ...args);
  }

  /** Rejects with the error of the answer. */
  async ask<M extends Question>(name: M, request: Answered[M]['request']): Promise<Answered[M]['answer']> {
    const answer = await this.send(name, request);
    if (!answer.ok) throw Object.assign(new Error(`${name}: ${answer.error.code}`), answer.error);
    return answer.data as Answered[M]['answer'];
  }

  async transport(direction: 'send' | 'receive', forceTcp = false): Promise<TransportParameters> {
    const made = await this.ask('createTransport', { direction, ...(forceTcp && { forceTcp }) });
    await this.ask('connectTransport', { transportId: made.transportId, dtlsParameters });
    return made;
  }

  /** Sends a track; its id. */
  async publish(source: MediaSource, transportId?: string): Promise<string> {
    const kind = source === 'camera' || source === 'screen' ? 'video' : 'audio';
    const over = transportId ?? (await this.transport('send')).transportId;
    return (await this.ask('produce', { transportId: over, kind, source, rtpParameters: rtpParameters(kind) })).producerId;
  }

  /** Receives a track, as a browser that knows every codec, and lets it run. */
  async watch(producerId: string, transportId?: string): Promise<ConsumerParameters> {
    const over = transportId ?? (await this.transport('receive')).transportId;
    const consumer = await this.ask('consume', { transportId: over, producerId, rtpCapabilities: this.room.rtpCapabilities });
    await this.ask('setConsumerPaused', { consumerId: consumer.consumerId, paused: false });
    return consumer;
  }

  close(): void {
    this.socket.disconnect();
  }
}
