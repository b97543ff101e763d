/** A small fair's snapshot as the server makes and signs one: for specs. */
import type { OfflineGroup, OfflineProfile, OfflineSnapshot, SignedOffline, TicketKind, ZoneStatus } from '#libs/contracts';
import { newSigningKeys, sha256Of, signed, toBase64url, utf8, type SigningKeys } from './ed25519';
import { TICKET_BYTES, ticketKey } from './snapshot';

export const ids = {
  device: '00000000-0000-4000-8000-00000000000d', fair: '00000000-0000-4000-8000-00000000000f', gate: '00000000-0000-4000-8000-0000000000aa',
  venue: '00000000-0000-4000-8000-000000000001', zoneA: '00000000-0000-4000-8000-000000000002', zoneB: '00000000-0000-4000-8000-000000000003', lease: '00000000-0000-4000-8000-0000000000ee',
};
export const ticketId = (n: number): string => `10000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
export const shortCode = (n: number): string => String(20_000_000 + n);
export interface MadeTicket { n: number; profile?: number; at?: number; inside?: number; arrived?: number }
/** `at`: persons in the venue, in zone A, in zone B. */
export const group = (n: number, ...at: [number, number, number]): OfflineGroup => ({ key: ticketKey(ticketId(n)), at: at.flatMap((persons, place) => (persons > 0 ? [[place + 1, persons]] : [])) });
const SALT = '00ff10';

export const serverKeys = newSigningKeys();
const zone = (zoneId: string, parentId: string | null, name: string): ZoneStatus => ({
  zoneId, parentId, letter: '', name, inside: 0, approvedNumber: 100, level: 'flow', earlyLocked: false, stopped: false, reason: null,
});
export const profile = (kind: TicketKind, change: Partial<OfflineProfile> = {}): OfflineProfile => ({
  kind, status: 'valid', size: 1, zoneIds: [], validFrom: new Date(Date.now() - 3_600_000).toISOString(), validUntil: new Date(Date.now() + 36_000_000).toISOString(), ...change,
});
/** 0 visitor · 1 group of 40 · 2 revoked · 3 staff */
export const profiles = [profile('visitor'), profile('group', { size: 40 }), profile('visitor', { status: 'revoked' }), profile('staff')];

export function ticketBytes(tickets: readonly MadeTicket[]): Uint8Array {
  const bytes = new Uint8Array(tickets.length * TICKET_BYTES);
  const view = new DataView(bytes.buffer);
  const salt = [0x00, 0xff, 0x10];
  tickets.forEach(({ n, profile: place = 0, at = 0, inside = 0, arrived = inside }, row) => {
    const start = row * TICKET_BYTES;
    const id = ticketId(n).replace(/-/g, '');
    for (let i = 0; i < 8; i++) view.setUint8(start + i, parseInt(id.slice(16 + 2 * i, 18 + 2 * i), 16));
    bytes.set(sha256Of(new Uint8Array([...salt, ...utf8(shortCode(n))])).subarray(0, 8), start + 8);
    view.setUint16(start + 16, place);
    view.setUint8(start + 18, at);
    view.setUint16(start + 19, inside);
    view.setUint16(start + 21, arrived);
  });
  return bytes;
}

export function signedSnapshot(tickets: readonly MadeTicket[], change: Partial<OfflineSnapshot> = {}, keys: SigningKeys = serverKeys): SignedOffline {
  const facts: OfflineSnapshot = {
    deviceId: ids.device, fairId: ids.fair, gateId: ids.gate, position: 1, whole: true, madeAt: new Date().toISOString(),
    keys: [{ id: 1, publicKey: toBase64url(serverKeys.publicKey) }],
    fair: { status: 'open', startsAt: new Date(Date.now() - 3_600_000).toISOString(), endsAt: new Date(Date.now() + 36_000_000).toISOString(), timeZone: 'Asia/Shanghai' },
    gate: { zoneId: ids.venue, direction: 'both', path: [ids.venue] }, rules: { reEntry: true },
    zones: [zone(ids.venue, null, '会展中心'), zone(ids.zoneA, ids.venue, '制造业'), zone(ids.zoneB, ids.venue, '服务业')],
    salt: SALT, profiles, tickets: toBase64url(ticketBytes(tickets)), groups: [], ...change,
  };
  const snapshot = JSON.stringify(facts);
  return { keyId: 1, snapshot, signature: toBase64url(signed(utf8(`FWO1.${snapshot}`), keys.secretKey)) };
}
