/** What somebody who comes in receives: everything that is asked for in one moment goes into one message, `receive`. */
import type { ConsumerParameters, WantedTrack } from '#libs/contracts';
import { RoomError, type AnswerOf } from './media-line';
import type { Stay } from './stay';

export class FirstTracks {
  private readonly tracks: WantedTrack[] = [];
  /** The transport and its consumers, which the node lets go by itself. */
  readonly answered: Promise<AnswerOf<'receive'>>;

  /** @param sent called when no track can be added any more */
  constructor(stay: Stay, rtpCapabilities: unknown, forceTcp: boolean | undefined, sent: () => void) {
    this.answered = Promise.resolve().then(() => {
      sent();
      return stay.ask('receive', { rtpCapabilities, tracks: this.tracks, ...(forceTcp ? { forceTcp } : {}) });
    });
    this.answered.catch(() => undefined); // each track hears of it
  }

  /** Rejects with RoomError: the track ended meanwhile, cannot be received, or nothing was. */
  async add(track: WantedTrack): Promise<ConsumerParameters> {
    this.tracks.push(track);
    const given = (await this.answered).consumers.find(one => one.producerId === track.producerId);
    if (!given) throw new RoomError('notFound', 'The track is not to be had.');
    return given;
  }
}
