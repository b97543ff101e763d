import { Injectable } from '@nestjs/common';
import type { MediaSource } from '#libs/contracts';
import { Database, DomainError } from '#libs/platform';
import { RoomHolding, RoomKeys, type KeyHolder } from '#libs/rooms';
import { LiveRooms } from '../live-rooms.js';
import { RateWatch } from '../rate-watch.js';
import { answeredSetup, writeAnswer } from '../sdp/answer.js';
import { readOffer, type Offer } from '../sdp/offer.js';
import { takenMedia } from '../sdp/publish-answer.js';
import { acceptMedia, publishedParameters, type AcceptedMedia } from '../sdp/publish.rules.js';
import { mediaFailure } from '../sfu-failure.js';
import { Session } from './session.js';
import { Sessions } from './sessions.js';

const SOURCES: Record<'audio' | 'video', MediaSource[]> = { video: ['camera', 'screen'], audio: ['microphone', 'screenAudio'] };
/** What others are shown of an encoder; it has no name of its own. */
const NAME = 'WHIP';

/** Publishing by encoders (RFC 9725), with the bearer key of a room. */
@Injectable()
export class Whip {
  constructor(
    private readonly rooms: LiveRooms,
    private readonly holding: RoomHolding,
    private readonly keys: RoomKeys,
    private readonly sessions: Sessions,
    private readonly database: Database,
    private readonly rates: RateWatch,
  ) {}

  /** Whose key it is. Throws `unauthenticated`, `notFound` (no such room), `forbidden` (the key of another), `roomClosed`. */
  async open(roomId: string, bearer: string | undefined): Promise<KeyHolder> {
    const key = /^Bearer ([\w.~+/=-]{1,512})$/i.exec(bearer ?? '')?.[1];
    const holder = key === undefined ? null : await this.keys.holder(key);
    if (!holder) throw new DomainError('unauthenticated');
    if (holder.roomId === roomId) return holder;
    const room = await this.database.read.room.findUnique({ where: { id: roomId }, select: { closedAt: true } });
    throw new DomainError(room === null ? 'notFound' : room.closedAt ? 'roomClosed' : 'forbidden');
  }

  /** Origin of the node that holds the room, when that is another one. Throws `roomClosed`; `mediaUnavailable` while a process that is gone holds it. */
  async elsewhere(roomId: string): Promise<string | null> {
    if (this.rooms.find(roomId)) return null;
    const holder = await this.holding.holder(roomId);
    if (!holder) return null;
    return this.rooms.hold(roomId).then(() => null, (error: unknown) => {
      if (!(error instanceof DomainError) || error.code !== 'roomTokenInvalid') throw error;
      if (holder.url === '') throw new DomainError('mediaUnavailable');
      return holder.url;
    });
  }

  /** Throws `bitrateTooHigh` (it was ended for that more than once lately), `malformedRequest`, `codecUnsupported`, and what LiveRooms.hold throws. */
  async publish(holder: KeyHolder, text: string): Promise<{ session: Session; answer: string }> {
    const personKey = `account:${holder.accountId}`;
    const seconds = this.rates.restOf(holder.roomId, personKey);
    if (seconds > 0) throw new DomainError('bitrateTooHigh', { seconds });
    const offer = readOffer(text);
    const room = await this.rooms.hold(holder.roomId);
    const accepted = acceptedMedia(offer, (media) => acceptMedia(media, room.sfu.rtpCapabilities));
    if (accepted.length === 0) throw new DomainError('codecUnsupported');
    const sources = accepted.map(({ source }) => source);
    const peer = room.addPeer({ personKey, name: NAME, role: 'host', sources, accountId: holder.accountId });
    try {
      const transport = await peer.createTransport('send');
      const session = new Session(room.id, peer, transport, offer.iceUfrag, accepted[0]!.accepted.media.mid, holder.keyId);
      this.sessions.add(session);
      await transport.connect(remoteDtls(offer));
      for (const { accepted: each, source } of accepted) await transport.produce({ kind: each.media.kind as 'audio' | 'video', source, rtpParameters: publishedParameters(each) });
      const answers = new Map(accepted.map(({ accepted: each }) => [each.media.index, takenMedia(each)]));
      return { session, answer: writeAnswer(offer, transport.params, sessionNumber(), answers) };
    } catch (error) {
      peer.close();
      throw mediaFailure(error);
    }
  }
}

interface Accepted { accepted: AcceptedMedia; source: MediaSource }

/** Lines that send something that we take: one camera, one screen, and the sound of each. */
function acceptedMedia(offer: Offer, accept: (media: Offer['media'][number]) => AcceptedMedia | null): Accepted[] {
  const taken = { audio: 0, video: 0 };
  return offer.media.flatMap((media) => {
    if (media.kind === 'other' || (media.direction !== 'sendonly' && media.direction !== 'sendrecv')) return [];
    const source = SOURCES[media.kind][taken[media.kind]];
    const accepted = source && accept(media);
    if (!accepted) return [];
    taken[media.kind] += 1;
    return [{ accepted, source }];
  });
}

/** The other end's certificate, and its part in DTLS. */
export const remoteDtls = (offer: Offer): { role: 'client' | 'server'; fingerprints: { algorithm: 'sha-256'; value: string }[] } => ({
  role: answeredSetup(offer) === 'passive' ? 'client' : 'server',
  fingerprints: [{ algorithm: offer.dtls.algorithm as 'sha-256', value: offer.dtls.value }],
});

/** Of an SDP's origin: 62 bits would do (RFC 8829); these are 48. */
export const sessionNumber = (): string => String(Math.floor(Math.random() * 2 ** 48));
