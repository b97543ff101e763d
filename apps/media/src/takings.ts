import type { MediaSource } from '#libs/contracts';
import { DomainError } from '#libs/platform';
import { roomTokenSeconds, type RoomEntry, type Taking } from '#libs/rooms';

/** What was taken from people of one room, as long as a token of before may be shown. */
export class Takings {
  private list: Taking[];

  constructor(list: readonly Taking[]) {
    this.list = [...list];
  }

  add(taking: Taking): void {
    const old = taking.at.getTime() - (roomTokenSeconds + 60) * 1_000;
    this.list = [...this.list.filter(({ at }) => at.getTime() > old), taking];
  }

  /** The sources that a token still gives. Throws `roomTokenInvalid`: its person was removed after it was made. */
  left({ personKey, madeAt, sources }: Pick<RoomEntry, 'personKey' | 'madeAt' | 'sources'>): MediaSource[] {
    const later = this.list.filter((taking) => taking.personKey === personKey && taking.at >= madeAt);
    if (later.some(({ removed }) => removed)) throw new DomainError('roomTokenInvalid');
    return sources.filter((source) => later.every((taking) => !taking.sources.includes(source)));
  }
}
