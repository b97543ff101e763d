import { generateKeyPairSync, randomUUID, type KeyObject } from 'node:crypto';
import { ticketKinds } from '#libs/contracts';
import { readCode } from './ticket-code';

/** The server's own maker; its source is typed for the server only. */
const { makeTicketCode } = jest.requireActual<{ makeTicketCode(payload: object, pair: { keyId: number; privateKey: KeyObject }): string }>('../../../../../libs/tickets/src/ticket-code');
const pair = generateKeyPairSync('ed25519');
const publicKey = Uint8Array.from(Buffer.from(pair.publicKey.export({ format: 'jwk' }).x!, 'base64url'));
const keyOf = (id: number) => (id === 7 ? publicKey : undefined);
const payload = { fairId: randomUUID(), ticketId: randomUUID(), validFrom: new Date(1_772_000_000_000), validUntil: new Date(1_772_030_000_000) };
const code = (kind: (typeof ticketKinds)[number] = 'visitor', keyId = 7) => makeTicketCode({ ...payload, kind }, { keyId, privateKey: pair.privateKey });

it('reads what the server signs, of every kind', () => {
  for (const kind of ticketKinds) expect(readCode(` ${code(kind)}\n`, keyOf)).toEqual({ kind: 'ticket', ticketKind: kind, ...payload });
  const group = makeTicketCode({ ...payload, kind: 'group', size: 40 }, { keyId: 7, privateKey: pair.privateKey });
  expect(readCode(group, keyOf)).toEqual({ kind: 'ticket', ticketKind: 'group', size: 40, ...payload });
  expect(readCode(group.slice(0, -3), keyOf)).toEqual({ kind: 'refused', reason: 'unreadable' });
});
it('finds a forged code: another key, and any byte that was changed', () => {
  expect(readCode(code('staff', 8), keyOf)).toEqual({ kind: 'refused', reason: 'forged' });
  const good = code();
  for (let at = 4 + 5; at < good.length - 1; at += 7) {
    const changed = good.slice(0, at) + (good[at] === 'A' ? 'B' : 'A') + good.slice(at + 1);
    expect(readCode(changed, keyOf).kind).toBe('refused');
  }
});
it('is not troubled by anything else', () => {
  for (const text of ['', 'https://example.org', 'FW1.', `FW2.${'A'.repeat(144)}`, `FW1.${'A'.repeat(144)}`, `FW1.${'_'.repeat(144)}`, '1234567', 'x'.repeat(512)]) {
    expect(readCode(text, keyOf)).toEqual({ kind: 'refused', reason: 'unreadable' });
  }
  for (const text of ['20715530', '2071 5530', '2071-5530', '２０７１５５３０']) expect(readCode(text, keyOf)).toEqual({ kind: 'shortCode', shortCode: '20715530' });
});
