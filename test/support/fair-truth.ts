/** The venue as a whole, or one of its two zones. */
export type Area = 'venue' | 'A' | 'B';
export const areas: readonly Area[] = ['venue', 'A', 'B'];
/** Where a person stands; `venue`: in the hall, and in neither zone. */
type Place = 'out' | Area;
export type Way = 'entry' | 'exit';

/** So many persons of one ticket go through a gate; `byHand`: somebody says that they have. */
export interface Passing { id: string; ticket: number; area: Area; way: Way; persons: number; byHand?: boolean }
/** An entry of more persons than were left outside: somebody has the same ticket. `today`: nobody has swept the hall since. */
export interface Twice { ticket: number; area: Area; persons: number; today: boolean }
type Fact = { kind: 'passing' } & Passing | { kind: 'bodies'; area: Area; persons: number } | { kind: 'sweep' };

/** Who is nearest to a gate goes through it first. */
const nearest: Record<Area, readonly Place[]> = { venue: ['out'], A: ['venue', 'out', 'B'], B: ['venue', 'out', 'A'] };
const isIn = (place: Place, area: Area): boolean => (area === 'venue' ? place !== 'out' : place === area);

/**
 * What is true at a fair, whatever its servers know of it: a list of what happened, in the order in which it did, and persons who stand
 * somewhere and are moved one by one as the list says. It knows nothing of the product's rules, nor of records, leases and counters.
 */
export class FairTruth {
  private readonly sizes: number[] = [];
  private readonly facts: Fact[] = [];
  private readonly denied = new Set<string>();

  /** @param inner who leaves the venue straight out of a zone leaves this one first */
  constructor(private readonly inner: readonly ['A', 'B'] | readonly ['B', 'A']) {}

  /** A ticket for so many. @returns its number */
  addTicket(size: number): number {
    return this.sizes.push(size) - 1;
  }

  size(ticket: number): number {
    return this.sizes[ticket]!;
  }

  passes(passing: Passing): void {
    this.facts.push({ kind: 'passing', ...passing });
  }

  /** Persons without a ticket, more or fewer, as the organiser has said. */
  bodies(area: Area, persons: number): void {
    this.facts.push({ kind: 'bodies', area, persons });
  }

  /** The hall is empty. */
  sweep(): void {
    this.facts.push({ kind: 'sweep' });
  }

  /** The organiser has said that it did not happen. */
  deny(id: string): void {
    this.denied.add(id);
  }

  /** Persons of the ticket who stand where they could go this way. */
  couldPass(ticket: number, area: Area, way: Way): number {
    const there = this.of(ticket, area);
    return way === 'exit' ? there : this.size(ticket) - there;
  }

  /** Persons of the ticket in the area. */
  of(ticket: number, area: Area): number {
    return this.day(ticket).places.filter((place) => isIn(place, area)).length;
  }

  /** Everybody in the area. */
  within(area: Area): number {
    return this.sizes.reduce((sum, _, ticket) => sum + this.of(ticket, area), this.bodiesIn(area));
  }

  /** Persons without a ticket in the area; `standing`: and in no zone of it. */
  bodiesIn(area: Area, standing = false): number {
    return this.facts.slice(this.lastSweep + 1).reduce((sum, fact) =>
      (fact.kind === 'bodies' && (fact.area === area || (area === 'venue' && !standing)) ? sum + fact.persons : sum), 0);
  }

  /** The passing that is meant, and whether nobody has swept the hall since. */
  find(named: (id: string) => boolean): Passing & { today: boolean } | null {
    const at = this.facts.findIndex((fact) => fact.kind === 'passing' && named(fact.id));
    return at < 0 ? null : { ...this.facts[at] as Passing, today: at > this.lastSweep };
  }

  /** The entries in which somebody came a second time, by their ids. */
  get twice(): Map<string, Twice> {
    return new Map(this.sizes.flatMap((_, ticket) => [...this.day(ticket).twice]));
  }

  private get lastSweep(): number {
    return this.facts.findLastIndex(({ kind }) => kind === 'sweep');
  }

  private day(ticket: number): { places: Place[]; twice: Map<string, Twice> } {
    const places = Array.from({ length: this.size(ticket) }, (): Place => 'out');
    const twice = new Map<string, Twice>();
    /** Moves persons who stand at the first of these places, then at the next. @returns how many were missing */
    const move = (persons: number, from: readonly Place[], to: Place): number => {
      let missing = persons;
      for (const place of from) {
        for (let n = 0; n < places.length && missing > 0; n += 1) {
          if (places[n] !== place) continue;
          places[n] = to;
          missing -= 1;
        }
      }
      return missing;
    };
    this.facts.forEach((fact, n) => {
      if (fact.kind === 'sweep') places.fill('out');
      if (fact.kind !== 'passing' || fact.ticket !== ticket || this.denied.has(fact.id)) return;
      const { id, area, way, persons, byHand = false } = fact;
      if (way === 'exit') {
        if (area === 'venue') move(persons, ['venue', ...this.inner], 'out');
        else move(persons, [area], 'venue');
        return;
      }
      const missing = move(persons, nearest[area], area);
      if (missing > 0 && !byHand) twice.set(id, { ticket, area, persons: missing, today: n > this.lastSweep });
    });
    return { places, twice };
  }
}
