import type { OfflineGroup } from '#libs/contracts';
import { newSigningKeys } from './ed25519';
import { SnapshotRefused, takeSnapshot, ticketKey, TicketBook, type Snapshot } from './snapshot';
import { group, ids, profile, profiles, shortCode, signedSnapshot, ticketId, type MadeTicket } from './snapshot.fixture';

const take = (...[tickets, change, keys]: Parameters<typeof signedSnapshot>) => takeSnapshot(signedSnapshot(tickets, change, keys), ids.device, null);

it('finds tickets by id and by short code', () => {
  const book = new TicketBook(take([{ n: 1 }, { n: 2, profile: 1, at: 1, inside: 12, arrived: 15 }, { n: 3, at: 255, inside: 2 }]));
  expect(book.size).toBe(3);
  expect(book.byKey(ticketKey(ticketId(2)))).toMatchObject({ zoneId: ids.venue, inside: 12, arrived: 15, profile: { kind: 'group', size: 40 } });
  expect(book.byShortCode(shortCode(1))?.key).toBe(ticketKey(ticketId(1)));
  expect(book.byKey(ticketKey(ticketId(3)))).toMatchObject({ zoneId: null, inside: 2 });
  expect(book.byKey(ticketKey(ticketId(4)))).toBeNull();
  expect(book.byShortCode('99999999')).toBeNull();
});
it('goes on from the one before: news in the place of what was, new ones beside', () => {
  const first = take([{ n: 1 }, { n: 2 }]);
  const next = takeSnapshot(signedSnapshot([{ n: 2, profile: 0 }, { n: 3, profile: 1 }, { n: 3, profile: 1, at: 1, inside: 1 }], { whole: false, position: 9, profiles: [profiles[2], profile('child')] }), ids.device, first);
  const book = new TicketBook(next);
  expect(book.size).toBe(3);
  expect(next.facts.position).toBe(9);
  expect(book.byKey(ticketKey(ticketId(1)))?.profile.status).toBe('valid');
  expect(book.byKey(ticketKey(ticketId(2)))?.profile.status).toBe('revoked');
  expect(book.byShortCode(shortCode(3))).toMatchObject({ inside: 1, profile: { kind: 'child' } });
  expect(next.facts.profiles).toHaveLength(profiles.length + 1);
  // Nothing new: not even copied.
  expect(takeSnapshot(signedSnapshot([], { whole: false }), ids.device, next).tickets).toBe(next.tickets);
});
it('knows how many of a group are in each zone, and by news of the same ticket knows it anew', () => {
  const at = ({ facts, tickets }: Snapshot) => [1, 2, 3].map(n => new TicketBook({ facts, tickets }).byKey(ticketKey(ticketId(n)))?.perZone ?? null);
  const tickets = [1, 2, 3].map(n => ({ n, profile: 1, at: n === 1 ? 2 : 255, inside: 40 }));
  const first = take(tickets, { groups: [group(1, 40, 5, 0), group(2, 40, 12, 8)] });
  const inFirst = [new Map([[ids.venue, 40], [ids.zoneA, 5]]), new Map([[ids.venue, 40], [ids.zoneA, 12], [ids.zoneB, 8]]), null];
  expect(at(first)).toEqual(inFirst);
  const news = (...[changed, groups]: [MadeTicket[], OfflineGroup[] | undefined]) => takeSnapshot(signedSnapshot(changed, { whole: false, groups }), ids.device, first);
  expect(at(news([], []))).toEqual(inFirst);
  expect(at(news([tickets[0], tickets[2]], [group(1, 40, 6, 0), group(3, 40, 1, 2)]))).toEqual([
    new Map([[ids.venue, 40], [ids.zoneA, 6]]), inFirst[1], new Map([[ids.venue, 40], [ids.zoneA, 1], [ids.zoneB, 2]]),
  ]);
  // They all went out, or are all in one place: the bytes say it.
  expect(at(news([{ n: 1, profile: 1 }], []))).toEqual([null, inFirst[1], null]);
  // By a server that does not tell it.
  expect(at(news([tickets[0]], undefined))).toEqual([null, inFirst[1], null]);
  // Kept by a page that did not know of it.
  const { groups: _, ...kept } = first.facts;
  const old = { facts: kept, tickets: first.tickets };
  expect(at(old)).toEqual([null, null, null]);
  expect(at(takeSnapshot(signedSnapshot([tickets[1]], { whole: false, groups: [group(2, 40, 12, 8)] }), ids.device, old))).toEqual([null, inFirst[1], null]);
});
it('refuses what the server did not sign, what is another device’s, and what goes on from nothing', () => {
  const refused = (make: () => unknown) => expect(make).toThrow(SnapshotRefused);
  const good = signedSnapshot([{ n: 1 }]);
  refused(() => takeSnapshot({ ...good, snapshot: good.snapshot.replace('"open"', '"closed"') }, ids.device, null));
  refused(() => take([{ n: 1 }], {}, newSigningKeys()));
  refused(() => takeSnapshot(good, ids.gate, null));
  refused(() => take([], { whole: false }));
  const before = take([{ n: 1 }]);
  refused(() => takeSnapshot(signedSnapshot([], { whole: false, salt: '11' }), ids.device, before));
  const stranger = newSigningKeys();
  refused(() => takeSnapshot(signedSnapshot([], { whole: false }, stranger), ids.device, before));
});
