import 'fake-indexeddb/auto';
import type { LeaseAnswer, OfflineRecord, ScanResult, UploadAnswer } from '#libs/contracts';
import { ApiError } from '../../net/api';
import { sha256Of, signatureHolds, fromBase64url, toHex, utf8 } from './ed25519';
import { askRunningTime, thisMoment } from './elapsed';
import { GateStore } from './gate-store';
import { nextQuestion } from './lease';
import { OfflineGate } from './offline-gate';
import { takeSnapshot } from './snapshot';
import { ids, profile, shortCode, signedSnapshot, type MadeTicket } from './snapshot.fixture';
import { Sync, type Line } from './sync';

const place = { gateId: ids.gate, gateName: '1 号门', zoneName: '会展中心' };
let stores = 0;
let name: string;
let store: GateStore;
let gate: OfflineGate;
const open = async () => { store = await GateStore.open(name); return OfflineGate.open(store, ids.device, 'token', place); };

async function begin(tickets: readonly MadeTicket[], places: number): Promise<void> {
  name = `gate-${++stores}`;
  gate = await open();
  await gate.know(takeSnapshot(signedSnapshot(tickets), ids.device, null), Date.now());
  if (places > 0) await gate.change({ lease: { leaseId: ids.lease, gateId: ids.gate, places, durationMs: 3_600_000, zoneIds: [ids.venue], since: thisMoment(), used: 0 } });
}
async function scan(n: number, direction: 'entry' | 'exit' = 'entry', count = 1): Promise<ScanResult> {
  return (await gate.decideHere(await gate.begin({ direction, count, code: shortCode(n) })))!;
}
const verdict = async (...asked: Parameters<typeof scan>) => { const { admitted, reason } = await scan(...asked); return admitted ? 'in' : reason; };
afterEach(() => store.close());

describe('a gate without a network', () => {
  it('lets in once, out, and in again; refuses what the snapshot refuses', async () => {
    await begin([{ n: 1 }, { n: 2, profile: 2 }, { n: 3, at: 2, inside: 1 }], 10);
    expect(await verdict(1)).toBe('in');
    const again = await scan(1);
    expect(again).toMatchObject({ admitted: false, reason: 'alreadyInside', previous: { gateName: '1 号门' } });
    expect(await verdict(1, 'exit')).toBe('in');
    expect(await verdict(1, 'exit')).toBe('notInside');
    expect(await verdict(1)).toBe('in');
    expect(await verdict(2)).toBe('revoked');
    expect(await verdict(3)).toBe('alreadyInside');
    expect(await verdict(3, 'exit')).toBe('in');
    expect(await verdict(9)).toBe('unknownTicket');
  });

  it('gives exactly the places of its lease, and without one lets out only', async () => {
    await begin([{ n: 1 }, { n: 2 }, { n: 3 }, { n: 4 }], 2);
    expect(await verdict(1)).toBe('in');
    expect(await verdict(2)).toBe('in');
    expect(await verdict(3)).toBe('noLease');
    // Who has left elsewhere has not given this gate a place.
    expect(await verdict(1, 'exit')).toBe('in');
    expect(await verdict(3)).toBe('noLease');
    // Somebody who came in elsewhere since the snapshot gets out.
    expect(await verdict(4, 'exit')).toBe('in');
    expect(gate.placesLeft).toBe(0);
  });

  it('admits a group n at a time, and never beyond what remains or what is leased', async () => {
    await begin([{ n: 1, profile: 1 }], 50);
    expect(await scan(1, 'entry', 25)).toMatchObject({ admitted: true, leaseUsed: true, group: { size: 40, inside: 25, remaining: 15 } });
    expect(await verdict(1, 'entry', 16)).toBe('groupFull');
    expect(await verdict(1, 'entry', 15)).toBe('in');
    expect(gate.placesLeft).toBe(10);
    expect(await scan(1, 'exit', 10)).toMatchObject({ admitted: true, group: { inside: 30 } });
  });

  it('lets in a child and staff by their passes: as one person each, in their hours, to their zones', async () => {
    await begin([], 5);
    const at = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
    const passes = [
      profile('child'), profile('child', { validFrom: at(1) }), profile('child', { validUntil: at(-1) }), profile('child', { zoneIds: [ids.zoneA] }), profile('staff', { validFrom: at(-20), validUntil: at(12) }),
    ];
    const known = (change: object) => gate.know(takeSnapshot(signedSnapshot(passes.map((_, n) => ({ n, profile: n })), { profiles: passes, ...change }), ids.device, null), Date.now());
    await known({});
    expect(await verdict(0, 'entry', 2)).toBe('groupFull');
    expect([await verdict(0), await verdict(0), gate.placesLeft]).toEqual(['in', 'alreadyInside', 4]);
    expect([await verdict(1), await verdict(2)]).toEqual(['notYetValid', 'expired']);
    expect([await verdict(3), await verdict(4), gate.placesLeft]).toEqual(['in', 'in', 2]); // to a zone, by the door
    await known({ gate: { zoneId: ids.zoneA, direction: 'both', path: [ids.venue, ids.zoneA] }, profiles: passes.map(each => (each.kind === 'staff' ? each : { ...each, zoneIds: ['00000000-0000-4000-8000-000000000009'] })) });
    expect([await verdict(0), await verdict(4)]).toEqual(['wrongZone', 'noLease']); // the places are for the door alone
    // Who builds it up comes before it opens; children do not.
    await known({ fair: { status: 'published', startsAt: at(12), endsAt: at(18), timeZone: 'Asia/Shanghai' } });
    expect([await verdict(4, 'exit'), await verdict(4), await verdict(0, 'exit'), await verdict(0)]).toEqual(['in', 'in', 'in', 'fairNotOpen']);
  });

  it('signs somebody without a ticket with its own key', async () => {
    await begin([], 5);
    expect(await gate.walkIn(3)).toMatchObject({ admitted: true, ticket: { kind: 'walkIn' } });
    expect(gate.placesLeft).toBe(2);
    const [{ walkIn, count }] = await store.waiting(ids.device, 10);
    expect(count).toBe(3);
    const { ticketId: id, persons, madeAt, signature } = walkIn!;
    expect(signatureHolds(fromBase64url(signature), utf8(`FWW1.${[id, ids.fair, ids.gate, persons, madeAt].join('.')}`), gate.row.publicKey)).toBe(true);
    expect(await gate.walkIn(3)).toMatchObject({ admitted: false, reason: 'noLease' });
  });

  it('keeps everything over a new page: who is in, what waits, its numbers; not a lease of another running time', async () => {
    await begin([{ n: 1 }, { n: 2 }], 10);
    await scan(1);
    await scan(1);
    const before = (await store.waiting(ids.device, 10)).map(({ id, sequence }) => [id, sequence]);
    expect(before.map(([, sequence]) => sequence)).toEqual([1, 2]);
    store.close();
    gate = await open();
    expect((await store.waiting(ids.device, 10)).map(({ id, sequence }) => [id, sequence])).toEqual(before);
    expect(await verdict(1)).toBe('alreadyInside');
    expect(gate.row.sequence).toBe(3);
    expect(gate.placesLeft).toBe(9); // the same running time: this process
    await gate.change({ lease: { ...gate.row.lease!, since: { ...gate.row.lease!.since, origin: 'before a reboot' } } });
    expect(gate.placesLeft).toBe(0);
    expect(await verdict(2)).toBe('noLease');
  });

  it('takes a scan that was never answered as the same when it is scanned again', async () => {
    await begin([{ n: 1 }], 10);
    const first = await gate.begin({ direction: 'entry', count: 1, code: shortCode(1) });
    store.close();
    gate = await open();
    expect(gate.placesLeft).toBe(9); // its place may be taken
    expect((await gate.begin({ direction: 'entry', count: 1, code: shortCode(1) })).id).toBe(first.id);
    expect((await gate.begin({ direction: 'exit', count: 1, code: shortCode(1) })).id).not.toBe(first.id);
  });

  it('counts the place of a question that was given up as used, once, until there is a verdict', async () => {
    await begin([{ n: 1 }, { n: 2 }], 3);
    const result = await scan(2);
    const asked = () => gate.begin({ direction: 'entry', count: 1, code: shortCode(1) });
    const giveUp = async () => { const record = await asked(); await gate.gaveUp(record); await gate.gaveUp(record); return record; };
    const answer = async (leaseUsed: boolean) => gate.answered(await asked(), { ...result, leaseUsed });
    const first = await giveUp();
    expect([gate.placesLeft, gate.row.lease!.used]).toEqual([1, 2]);
    store.close();
    gate = await open();
    expect([gate.placesLeft, (await asked()).leaseId]).toEqual([1, ids.lease]); // asked again with the place that stands aside
    // The server had room without it: it is free, however often that is heard.
    await answer(false);
    await gate.answered(first, { ...result, leaseUsed: false });
    expect(gate.row.lease!.used).toBe(1);
    await giveUp();
    await answer(true);
    expect(gate.row.lease!.used).toBe(2);
  });

  it('gives the last place to whom it stood aside for, and none of a later lease back', async () => {
    await begin([{ n: 1 }, { n: 2 }], 1);
    await gate.gaveUp(await gate.begin({ direction: 'entry', count: 1, code: shortCode(1) }));
    expect(await verdict(2)).toBe('noLease');
    await begin([{ n: 1 }, { n: 2 }], 1);
    const record = await gate.begin({ direction: 'entry', count: 1, code: shortCode(1) });
    await gate.gaveUp(record);
    expect([gate.placesLeft, gate.wouldAdmit((await store.byId(record.id))!), await verdict(1), gate.row.lease!.used]).toEqual([0, true, 'in', 1]);
    await begin([{ n: 1 }, { n: 2 }], 5);
    await gate.gaveUp(await gate.begin({ direction: 'entry', count: 1, code: shortCode(1) }));
    await gate.change({ lease: { ...gate.row.lease!, leaseId: crypto.randomUUID(), used: 0 } });
    const again = await gate.begin({ direction: 'entry', count: 1, code: shortCode(1) });
    await gate.answered(again, { ...await scan(2), leaseUsed: false });
    expect(gate.row.lease!.used).toBe(1); // the second one's
  });

  it('notices a clock that is wrong, and one that is set back while it is alone', async () => {
    await begin([], 0);
    await gate.hearClock(-90_000);
    expect(gate.clockWrong).toBe(true);
    await gate.hearClock(2_000);
    expect(gate.clockWrong).toBe(false);
    const clock = jest.spyOn(Date, 'now').mockReturnValue(Date.now() - 3_600_000);
    expect(gate.clockWrong).toBe(true);
    expect(Math.abs(gate.offsetMs - 3_602_000)).toBeLessThan(1_000);
    clock.mockRestore();
  });

  it('notices one that is set back in a page that is opened anew', async () => {
    await begin([], 0);
    await gate.hearClock(-10_800_000);
    store.close();
    gate = await open();
    expect(gate.clockWrong).toBe(true);
    const clock = jest.spyOn(Date, 'now').mockReturnValue(Date.now() - 10_800_000);
    expect(gate.clockWrong).toBe(false);
    store.close();
    gate = await open();
    expect(gate.clockWrong).toBe(false);
    clock.mockRestore();
  });

  it('notices one that is set back after its service worker was started anew, too, and holds its lease', async () => {
    await begin([], 5);
    await gate.hearClock(-10_800_000);
    const before = thisMoment();
    const active = { postMessage: (_: string, [port]: MessagePort[]) => port.postMessage({ origin: 'anew', running: 5 }) };
    const browser = { serviceWorker: { getRegistration: () => Promise.resolve({ active }) } };
    const own = Object.getOwnPropertyDescriptor(globalThis, 'navigator');
    Object.defineProperty(globalThis, 'navigator', { value: browser, configurable: true });
    await askRunningTime();
    if (own) Object.defineProperty(globalThis, 'navigator', own);
    else Reflect.deleteProperty(globalThis, 'navigator');
    expect(thisMoment().origin).toBe('anew');
    await gate.carryTime(before);
    expect([gate.placesLeft, gate.clockWrong]).toEqual([5, true]);
    const clock = jest.spyOn(Date, 'now').mockReturnValue(Date.now() - 10_800_000);
    expect(gate.clockWrong).toBe(false);
    clock.mockRestore();
  });
});

describe('with the server again', () => {
  const asked: string[] = [];
  const uploaded: OfflineRecord[] = [];
  let down = 0;
  let lease: LeaseAnswer;
  const answer = (records: OfflineRecord[], outcome: 'accepted' | 'conflict' = 'accepted'): UploadAnswer => ({
    records: records.map(({ id, sequence }) => ({ id, sequence, outcome, conflict: outcome === 'conflict' ? 'twice' : null })), contiguous: records.at(-1)?.sequence ?? 0, clock: { offsetMs: 0, wrong: false }, revoked: false,
  });
  const line = (tickets: MadeTicket[], outcome?: 'conflict'): Line => ({
    snapshot: since => { asked.push(`snapshot ${since}`); return Promise.resolve(signedSnapshot(tickets, { whole: since === undefined, position: 7 })); },
    lease: ask => { asked.push(`lease ${ask.sequence} ${ask.previous?.used ?? '-'}`); return down-- > 0 ? Promise.reject(new Error('no network')) : Promise.resolve(lease); },
    tellKey: () => { asked.push('key'); return Promise.resolve(); },
    upload: (_token, { records }) => {
      asked.push(`upload ${records.length}`);
      uploaded.push(...records);
      return down-- > 0 ? Promise.reject(new Error('no network')) : Promise.resolve(answer(records, outcome));
    },
  });
  beforeEach(() => {
    asked.length = uploaded.length = down = 0;
    lease = { why: null, lease: { leaseId: ids.lease, gateId: ids.gate, places: 20, durationMs: 3_600_000, zoneIds: [ids.venue] } };
  });

  it('uploads in order, once, then takes a snapshot and a lease; an upload that fails loses nothing', async () => {
    await begin([{ n: 1 }, { n: 2 }], 2);
    for (const n of [1, 2, 1]) await scan(n);
    const sync = new Sync(gate, line([{ n: 1, at: 1, inside: 1 }, { n: 2, at: 1, inside: 1 }]), () => undefined);
    down = 1;
    await expect(sync.round()).rejects.toThrow('no network');
    expect(await store.countWaiting(ids.device)).toBe(3);
    uploaded.length = 0;
    await sync.round();
    expect(uploaded.map(({ sequence, admitted, reason }) => [sequence, admitted, reason])).toEqual([[1, true, null], [2, true, null], [3, false, 'alreadyInside']]);
    expect(uploaded.every(({ agoMs, leaseId, admitted }) => agoMs !== null && agoMs < 60_000 && leaseId === (admitted ? ids.lease : null))).toBe(true);
    expect(await store.countWaiting(ids.device)).toBe(0);
    expect(asked).toEqual(['upload 3', 'upload 3', 'key', 'snapshot 1', 'lease 1 2']);
    expect(gate.placesLeft).toBe(20);
    // The snapshot has them, and they are not counted twice; a while later they are its alone.
    expect(gate.hall!.inside(ids.venue)).toBe(0);
    expect(await verdict(1)).toBe('alreadyInside');
    const clock = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 20_000);
    await sync.round();
    clock.mockRestore();
    expect(asked.slice(5)).toEqual(['upload 1', 'snapshot 7']);
    expect(await store.effects(ids.device)).toEqual([]);
    expect(gate.hall!.inside(ids.venue)).toBe(0);
  });

  it('passes by a record that the server refuses, and keeps it', async () => {
    await begin([{ n: 1 }, { n: 2 }, { n: 3 }], 5);
    for (const n of [1, 2, 3]) await scan(n);
    const second = (await store.waiting(ids.device, 10))[1];
    const normal = line([]);
    const refusing: Line = { ...normal, upload: (token, body) => (body.records.some(({ id }) => id === second.id) ? Promise.reject(new ApiError('validationFailed', '', 422, '')) : normal.upload(token, body)) };
    await new Sync(gate, refusing, () => undefined).round();
    expect(uploaded.map(({ sequence }) => sequence)).toEqual([1, 3]);
    expect(await store.byId(second.id)).toMatchObject({ state: 'settled', outcome: 'refused' });
    // It is nowhere else: whoever has the phone next sees it too.
    await store.forget(ids.device);
    expect((await store.leftBehind('the next device')).map(({ id }) => id)).toEqual([second.id]);
    expect(await store.history('the next device', 10)).toEqual([]);
  });

  it('tells a conflict, and uploads hundreds in portions', async () => {
    await begin(Array.from({ length: 450 }, (_, n) => ({ n })), 450);
    for (let n = 0; n < 450; n++) await scan(n);
    const last = await new Sync(gate, line([], 'conflict'), () => undefined).round();
    expect(asked.filter(each => each.startsWith('upload'))).toEqual(['upload 200', 'upload 200', 'upload 50']);
    expect(uploaded.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 450 }, (_, n) => n + 1));
    expect(last?.records[0]).toMatchObject({ outcome: 'conflict', conflict: 'twice' });
    expect((await store.history(ids.device, 1))[0]).toMatchObject({ state: 'settled', outcome: 'conflict' });
  });

  it('asks an unanswered question for a lease again word by word, and gives no place meanwhile', async () => {
    await begin([{ n: 1 }], 0);
    const sync = new Sync(gate, line([{ n: 1 }]), () => undefined);
    down = 1;
    await expect(sync.round()).rejects.toThrow('no network');
    expect(await verdict(1)).toBe('noLease');
    const question = gate.row.question;
    store.close();
    gate = await open();
    expect(gate.row.question).toEqual(question);
    await new Sync(gate, line([{ n: 1 }]), () => undefined).round();
    expect(asked.filter(each => each.startsWith('lease'))).toEqual(['lease 1 -', 'lease 1 -']);
    expect(gate.placesLeft).toBe(20);
    expect(await verdict(1)).toBe('in');
  });

  it('gives a lease back that is asked back, after what it has let in is told, and asks for none while somebody waits', async () => {
    await begin([{ n: 1 }, { n: 2 }], 5);
    const sync = new Sync(gate, line([{ n: 1 }]), () => undefined);
    await scan(1);
    sync.recall('another');
    await sync.round();
    expect([gate.placesLeft, asked]).toEqual([4, ['upload 1', 'key', 'snapshot 1']]);
    await scan(2);
    asked.length = 0;
    lease = { lease: null, why: 'gaveBack' };
    sync.recall(ids.lease);
    down = 1;
    await expect(sync.round()).rejects.toThrow('no network');
    for (let round = 0; round < 3; round++) {
      sync.recall(ids.lease); // as long as the server has not heard it
      await sync.round();
    }
    expect([gate.row.lease, asked]).toEqual([null, ['upload 1', 'upload 1', 'lease 1 2', 'snapshot 7']]);
    const clock = jest.spyOn(performance, 'now').mockReturnValue(performance.now() + 31_000);
    await sync.round();
    clock.mockRestore();
    expect(asked.slice(4)).toEqual(['lease 2 -']);
  });

  it('gives its lease back once when its gate lets out only, also one that it was asking for', async () => {
    await begin([{ n: 1 }], 5);
    await scan(1);
    const exitOnly: Line = { ...line([]), snapshot: () => Promise.resolve(signedSnapshot([{ n: 1 }], { gate: { zoneId: ids.venue, direction: 'exit', path: [ids.venue] } })) };
    const sync = new Sync(gate, exitOnly, () => undefined);
    const granted = lease;
    lease = { lease: null, why: 'gaveBack' };
    for (let round = 0; round < 2; round++) await sync.round();
    expect([gate.row.lease, asked]).toEqual([null, ['upload 1', 'key', 'lease 1 1']]);
    // Asked before the gate was switched, and answered after that.
    await gate.change({ question: nextQuestion(crypto.randomUUID(), 2, 30, null, thisMoment()), leaseSequence: 2 });
    lease = granted;
    await sync.round();
    expect(gate.row.lease).toMatchObject({ places: 20 });
    lease = { lease: null, why: 'gaveBack' };
    await sync.round();
    expect([gate.row.lease, asked.slice(3)]).toEqual([null, ['lease 2 -', 'lease 3 0']]);
  });

  it('hashes as the contract says', () => expect(toHex(sha256Of(utf8('abc'))).slice(0, 16)).toBe('ba7816bf8f01cfea'));
});
