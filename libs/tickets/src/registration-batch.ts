import { Injectable } from '@nestjs/common';
import { Database, DomainError, GroupCommit, newId, refusalOf, type Last, type Ticket, type Tx } from '#libs/platform';
import { Events, type AnyDraft } from '#libs/events';
import { isPublic } from '#libs/fairs';
import { makeAndHold, readKnown, takePlaces, type FairNow } from './registration-store.js';
import { newShortCode } from './short-code.js';
import { validityOf } from './validity.rules.js';

/** Somebody wants a ticket. `requestKey`: of this fair and person. */
export interface Wish { accountId: string; requestKey: string | null }
export interface Registered { ticket: Ticket; fair: FairNow }
/** `again`: the short code was taken, or another process has just made this person's ticket: the next batch sees it. */
type Outcome = Registered | DomainError | 'again';

const MOST_TOGETHER = 64;
const MOST_WAITING = 8_192;
/** A short code is taken once in a hundred million per ticket of the fair: five in a row never are. */
const DRAWS = 5;

/**
 * Group commit of registrations: the opening minute of a great fair is one row that everybody wants. Each fair has its own
 * lane in each process; what arrives while the lane's last transaction is under way is committed together in the next. The
 * fair's row is held from the new tickets to the commit, so that the quota is exact on any number of processes.
 */
@Injectable()
export class RegistrationBatch {
  private readonly lanes = new Map<string, GroupCommit<Wish, Outcome>>();

  constructor(private readonly database: Database, private readonly events: Events) {}

  /** Throws `notFound`, `registrationClosed`, `quotaFull`, and `unavailable` when far too many wait. */
  async commit(fairId: string, wish: Wish): Promise<Registered> {
    for (let draw = 0; draw < DRAWS; draw += 1) {
      const outcome = await this.lane(fairId).add(wish);
      if (outcome === 'again') continue;
      if (outcome instanceof DomainError) throw outcome;
      return outcome;
    }
    throw new Error('five short codes in a row were taken');
  }

  private lane(fairId: string): GroupCommit<Wish, Outcome> {
    const known = this.lanes.get(fairId);
    if (known) return known;
    const lane = new GroupCommit<Wish, Outcome>({
      run: (wishes) => this.database.rawTransaction((tx, last) => this.together(tx, last, fairId, wishes)),
      max: MOST_TOGETHER,
      waiting: MOST_WAITING,
      hopeless: (error) => refusalOf(error).code === 'unavailable',
      onIdle: () => this.lanes.delete(fairId),
    });
    this.lanes.set(fairId, lane);
    return lane;
  }

  private async together(tx: Tx, last: Last, fairId: string, wishes: Wish[]): Promise<Outcome[]> {
    // A person who taps twice is one wish: the first.
    const people = new Map<string, Wish>();
    for (const wish of wishes) if (!people.has(wish.accountId)) people.set(wish.accountId, wish);
    const { known, fair } = await readKnown(tx, fairId, [...people.keys()]);
    const outcomes = new Map<string, Outcome>();
    const answer = () => wishes.map(({ accountId }) => outcomes.get(accountId) ?? 'again');
    const all = (outcome: DomainError) => wishes.map(() => outcome);
    if (!fair || !isPublic(fair)) return all(new DomainError('notFound'));

    const before = new Map(known.map((ticket) => [ticket.accountId!, ticket]));
    for (const { accountId, requestKey } of people.values()) {
      const ticket = before.get(accountId);
      // A late repetition of the request that had made a cancelled ticket does not make it valid again.
      if (ticket && (ticket.status !== 'cancelled' || (requestKey !== null && ticket.requestKey === requestKey))) outcomes.set(accountId, { ticket, fair });
    }
    const wanting = [...people.values()].filter(({ accountId }) => !outcomes.has(accountId));
    // Full as it stands: nobody has to make a ticket to hear it.
    if (placesOf(fair) === 0) for (const { accountId } of wanting) outcomes.set(accountId, refusal(fair));
    else if (wanting.length > 0) await this.register(tx, last, fair, wanting, before, outcomes);
    return answer();
  }

  private async register(tx: Tx, last: Last, read: FairNow, wanting: Wish[], before: ReadonlyMap<string, Ticket>, outcomes: Map<string, Outcome>): Promise<void> {
    const facts = validityOf('visitor', read);
    const { tickets, fair = read } = await makeAndHold(tx, read.id,
      wanting.filter(({ accountId }) => !before.has(accountId)).map((wish) => ({ ...wish, ...facts, id: newId(), shortCode: newShortCode() })),
      wanting.flatMap(({ accountId, requestKey }) => {
        const ticket = before.get(accountId);
        return ticket ? [{ id: ticket.id, status: 'valid' as const, requestKey, ...facts }] : [];
      }));
    const got = new Map(tickets.map((ticket) => [ticket.accountId!, ticket]));
    // In the order in which they came.
    const asking = wanting.flatMap(({ accountId }) => got.get(accountId) ?? []);
    const places = Math.min(placesOf(fair), asking.length);
    const [granted, refused] = [asking.slice(0, places), asking.slice(places)];
    const moved = fair.startsAt.getTime() !== read.startsAt.getTime() || fair.endsAt.getTime() !== read.endsAt.getTime();
    if (moved) for (const ticket of granted) Object.assign(ticket, validityOf('visitor', fair));
    for (const ticket of granted) outcomes.set(ticket.accountId!, { ticket, fair });
    for (const { accountId } of refused) outcomes.set(accountId!, refusal(fair));
    last(Promise.all([
      takePlaces(tx, fair.id, granted.length, refused.flatMap(({ id, accountId }) => (before.has(accountId!) ? [] : id)),
        [...(moved ? granted : []), ...refused.flatMap(({ accountId }) => before.get(accountId!) ?? [])]),
      this.events.appendMany(tx, granted.map(registered), { atOnce: true }),
    ]));
  }
}

const registered = ({ id, fairId, accountId, kind }: Ticket): AnyDraft => ({
  type: 'ticket.registered', scope: { kind: 'fair', id: fairId }, data: { fairId, ticketId: id, accountId, kind }, actorId: accountId,
});

const isOpen = ({ status, ahead, isTemplate }: FairNow): boolean => (status === 'published' || status === 'open') && ahead && !isTemplate;

/** How many more may register. */
function placesOf(fair: FairNow): number {
  if (!isOpen(fair)) return 0;
  return fair.quota === null ? Infinity : Math.max(0, fair.quota - fair.registered);
}

const refusal = (fair: FairNow): DomainError =>
  isOpen(fair) && fair.quota !== null ? new DomainError('quotaFull', { quota: fair.quota }) : new DomainError('registrationClosed');
