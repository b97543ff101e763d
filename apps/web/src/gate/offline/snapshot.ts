/**
 * What a gate knows of its fair without a network: the server's signed snapshot, taken apart. The tickets stay as they come, 23
 * bytes each (contracts, OfflineSnapshot): a city fair's 100,000 are 2 MB, and are read one at a time. Groups that are in several
 * zones at once are few, and told beside.
 */
import type { OfflineGroup, OfflineProfile, OfflineSnapshot, SignedOffline } from '#libs/contracts';
import { fromBase64url, sha256Of, signatureHolds, toHex, utf8 } from './ed25519';

const PREFIX = 'FWO1.';
export const TICKET_BYTES = 23;
/** `at` of a ticket whose persons are in several zones. */
const SEVERAL = 255;

/** Everything of a snapshot but its tickets. Without `groups`: it was kept, or sent, before there were any. */
export type SnapshotFacts = Omit<OfflineSnapshot, 'tickets' | 'groups'> & { groups?: OfflineGroup[] };
export interface Snapshot { facts: SnapshotFacts; tickets: Uint8Array }
/**
 * A ticket as the snapshot has it. `zoneId`: the deepest zone that its persons are in; null outside, or when they are in several.
 * `perZone`: how many are in each zone, when they are not all in the same; else null.
 */
export interface BookedTicket { key: string; profile: OfflineProfile; zoneId: string | null; perZone: ReadonlyMap<string, number> | null; inside: number; arrived: number }

/** Not the server's, or not for this device: it is not used, and the one before stays. */
export class SnapshotRefused extends Error {}

/** The last 8 bytes of a ticket's id, hex: how a snapshot names it. */
export const ticketKey = (ticketId: string): string => ticketId.replace(/-/g, '').slice(16).toLowerCase();

/**
 * Takes a snapshot that was asked for, with what was known before. Throws SnapshotRefused. A first or whole one brings its own
 * key: it came by the line that the pairing came by. What goes on from one must be signed by a key of that one.
 */
export function takeSnapshot({ keyId, signature, snapshot }: SignedOffline, deviceId: string, before: Snapshot | null): Snapshot {
  const read = JSON.parse(snapshot) as OfflineSnapshot;
  const key = (read.whole || !before ? read.keys : before.facts.keys).find(({ id }) => id === keyId);
  if (!key || !signatureHolds(fromBase64url(signature), utf8(PREFIX + snapshot), fromBase64url(key.publicKey))) throw new SnapshotRefused('the signature does not hold');
  const { tickets, ...facts }: SnapshotFacts & { tickets: string } = read;
  if (facts.deviceId !== deviceId) throw new SnapshotRefused('it is another device’s');
  const bytes = fromBase64url(tickets);
  if (bytes.length % TICKET_BYTES !== 0) throw new SnapshotRefused('its tickets are cut off');
  if (facts.whole) return { facts, tickets: bytes };
  if (before?.facts.salt !== facts.salt) throw new SnapshotRefused('it goes on from one that is not here');
  const { profiles, places } = joined(before.facts.profiles, facts.profiles);
  return { facts: { ...facts, profiles, groups: regrouped(before.facts.groups, facts.groups, bytes) }, tickets: merged(before.tickets, replaced(bytes, places)) };
}

/** Of a ticket that there is news of (`told`, their bytes), only what the news say; of the others what was. */
function regrouped(before: OfflineGroup[] = [], news: OfflineGroup[] = [], told: Uint8Array): OfflineGroup[] {
  const keys = placesOf(told, 0);
  return [...before.filter(({ key }) => !keys.has(key)), ...news];
}

/** Each snapshot counts its own profiles: those of news are found among the ones before, or come after them. */
function joined(before: OfflineProfile[], news: OfflineProfile[]): { profiles: OfflineProfile[]; places: number[] } {
  const profiles = [...before];
  const known = new Map(before.map((profile, place) => [JSON.stringify(profile), place]));
  const places = news.map(profile => {
    const name = JSON.stringify(profile);
    const place = known.get(name) ?? profiles.push(profile) - 1;
    known.set(name, place);
    return place;
  });
  return { profiles, places };
}

function replaced(news: Uint8Array, places: readonly number[]): Uint8Array {
  const result = new Uint8Array(news);
  const view = new DataView(result.buffer);
  for (let at = 0; at < result.length; at += TICKET_BYTES) view.setUint16(at + 16, places[view.getUint16(at + 16)] ?? 0xffff);
  return result;
}

/** Newer ones in the place of older ones, new ones at the end. The very same bytes when there is nothing new. */
function merged(before: Uint8Array, news: Uint8Array): Uint8Array {
  if (news.length === 0) return before;
  const places = new Map(placesOf(before, 0));
  const fresh: number[] = [];
  for (let at = 0; at < news.length; at += TICKET_BYTES) if (!places.has(toHex(news.subarray(at, at + 8)))) fresh.push(at);
  const whole = new Uint8Array(before.length + fresh.length * TICKET_BYTES);
  whole.set(before);
  fresh.forEach((at, n) => places.set(toHex(news.subarray(at, at + 8)), before.length + n * TICKET_BYTES));
  for (let at = 0; at < news.length; at += TICKET_BYTES) whole.set(news.subarray(at, at + TICKET_BYTES), places.get(toHex(news.subarray(at, at + 8)))!);
  indexes.set(whole, { 0: places });
  return whole;
}

/** Where tickets stand, by the 8 bytes at an offset of each; made once for the same bytes. */
const indexes = new WeakMap<Uint8Array, { 0?: Map<string, number>; 8?: Map<string, number> }>();
function placesOf(tickets: Uint8Array, offset: 0 | 8): ReadonlyMap<string, number> {
  const index = indexes.get(tickets) ?? {};
  indexes.set(tickets, index);
  const known = index[offset];
  if (known) return known;
  const places = new Map<string, number>();
  for (let at = 0; at < tickets.length; at += TICKET_BYTES) places.set(toHex(tickets.subarray(at + offset, at + offset + 8)), at);
  index[offset] = places;
  return places;
}

/** Tickets, looked up. */
export class TicketBook {
  private readonly view: DataView;
  private readonly places: ReadonlyMap<string, number>;
  private readonly groups: ReadonlyMap<string, OfflineGroup['at']>;

  constructor(private readonly snapshot: Snapshot) {
    const { buffer, byteOffset, byteLength } = snapshot.tickets;
    this.view = new DataView(buffer, byteOffset, byteLength);
    this.places = placesOf(snapshot.tickets, 0);
    this.groups = new Map(snapshot.facts.groups?.map(({ key, at }) => [key, at]));
  }

  get size(): number {
    return this.places.size;
  }

  byKey(key: string): BookedTicket | null {
    const at = this.places.get(key);
    return at === undefined ? null : this.at(at);
  }

  /** @param digits eight of them */
  byShortCode(digits: string): BookedTicket | null {
    const salt = this.snapshot.facts.salt.match(/../g)?.map(pair => parseInt(pair, 16)) ?? [];
    const at = placesOf(this.snapshot.tickets, 8).get(toHex(sha256Of(new Uint8Array([...salt, ...utf8(digits)])).subarray(0, 8)));
    return at === undefined ? null : this.at(at);
  }

  private at(place: number): BookedTicket | null {
    const { profiles, zones } = this.snapshot.facts;
    const profile = profiles[this.view.getUint16(place + 16)];
    if (!profile) return null;
    const at = this.view.getUint8(place + 18);
    const key = toHex(this.snapshot.tickets.subarray(place, place + 8));
    const group = this.groups.get(key);
    return {
      key,
      profile,
      zoneId: at === 0 || at === SEVERAL ? null : zones[at - 1]?.zoneId ?? null,
      perZone: group ? new Map(group.flatMap(([n, persons]) => (zones[n - 1] ? [[zones[n - 1].zoneId, persons]] : []))) : null,
      inside: this.view.getUint16(place + 19),
      arrived: this.view.getUint16(place + 21),
    };
  }
}
