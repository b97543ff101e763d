import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DomainError } from '#libs/platform';
import { RoomHolding, RoomTokens } from '#libs/rooms';
import type { Consumer, Producer } from '#libs/sfu';
import type { LiveRoom } from '../live-room.js';
import { LiveRooms } from '../live-rooms.js';
import { writeAnswer, type AnsweredMedia } from '../sdp/answer.js';
import { readOffer, type Offer } from '../sdp/offer.js';
import { dialectOf, watchableMedia, type WatchableMedia } from '../sdp/watch.rules.js';
import { sentMedia } from '../sdp/watch-answer.js';
import { mediaFailure } from '../sfu-failure.js';
import { followLosses } from './following.js';
import { Session } from './session.js';
import { Sessions } from './sessions.js';
import { remoteDtls, sessionNumber } from './whip.js';

const COME_AGAIN = 5;

/** Watching by other players (draft-ietf-wish-whep), in public rooms; with a room token in others. */
@Injectable()
export class Whep {
  constructor(
    private readonly rooms: LiveRooms,
    private readonly holding: RoomHolding,
    private readonly tokens: RoomTokens,
    private readonly sessions: Sessions,
  ) {}

  /** Throws `roomTokenInvalid`, `malformedRequest`, `nothingPublished`, `mediaFull`, `codecUnsupported`, and what LiveRooms.hold throws. */
  async watch(roomId: string, bearer: string | undefined, text: string): Promise<{ session: Session; answer: string }> {
    const offer = readOffer(text);
    const room = await this.rooms.hold(roomId);
    if (!(await this.holding.isPublic(roomId))) await this.tokens.read(/^Bearer (.+)$/i.exec(bearer ?? '')?.[1], roomId);
    if (room.sfu.producers().length === 0) throw new DomainError('nothingPublished', { seconds: COME_AGAIN });
    if ((await this.holding.holder(roomId))?.full) throw new DomainError('mediaFull');
    const lines = pairs(offer, room);
    if (lines.length === 0) throw new DomainError('codecUnsupported');
    const peer = room.addPeer({ personKey: `device:${randomUUID()}`, name: '', role: 'viewer', sources: [] });
    try {
      const transport = await peer.createTransport('receive', false, dialectOf(lines.map(({ media }) => media)));
      const session = new Session(room.id, peer, transport, offer.iceUfrag, lines[0]!.media.media.mid, null);
      this.sessions.add(session);
      await transport.connect(remoteDtls(offer));
      const answers = new Map<number, AnsweredMedia>();
      const consumers: Consumer[] = [];
      for (const { media, producer } of lines) {
        const consumer = await transport.consume({ producerId: producer.id, rtpCapabilities: { codecs: media.capabilities, headerExtensions: [] } });
        answers.set(media.media.index, sentMedia(media, consumer));
        consumers.push(consumer);
        followLosses(consumer, producer.rtpParameters.encodings?.length ?? 1);
      }
      // Key frames come once there is a line to send them over.
      const begin = (): void => { for (const consumer of consumers) void consumer.resume().catch(() => peer.close('gone')); };
      transport.on('state', (state) => { if (state === 'connected') begin(); });
      return { session, answer: writeAnswer(offer, transport.params, sessionNumber(), answers) };
    } catch (error) {
      peer.close();
      throw mediaFailure(error);
    }
  }
}

/** Each line that wants something, with what it gets: the screen before the camera, hosts before guests. */
function pairs(offer: Offer, room: LiveRoom): { media: WatchableMedia; producer: Producer }[] {
  const hosts = (producer: Producer): number => (room.peers.get(producer.peerId)?.role === 'host' ? 0 : 1);
  const order = { screen: 0, camera: 1, microphone: 0, screenAudio: 1 };
  const left = room.sfu.producers().filter(({ paused }) => !paused).sort((a, b) => hosts(a) - hosts(b) || order[a.source] - order[b.source]);
  return offer.media.flatMap((line) => {
    const media = watchableMedia(line);
    const index = media ? left.findIndex((producer) => media.takes(producer.kind, producer.mimeType)) : -1;
    if (!media || index < 0) return [];
    return [{ media, producer: left.splice(index, 1)[0]! }];
  });
}
