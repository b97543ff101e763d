import { generateKeyPairSync, randomUUID, type KeyObject } from 'node:crypto';
import fc from 'fast-check';
import { ticketKinds } from '#libs/contracts';
import { runs, seed } from '../../../test/support/runs.js';
import { claimOf, makeTicketCode, type TicketCodePayload } from './ticket-code.js';
import { newShortCode, shortCodeIn } from './short-code.js';

const pair = generateKeyPairSync('ed25519');
const stranger = generateKeyPairSync('ed25519');
const keys = new Map<number, KeyObject>([[7, pair.publicKey]]);
/** What a code says, if its key has signed it. */
function parse(text: string): (TicketCodePayload & { keyId: number }) | 'unreadable' | 'forged' {
  const claim = claimOf(text);
  if (claim === null) return 'unreadable';
  const { signedBy, ...facts } = claim;
  const key = keys.get(claim.keyId);
  return key && signedBy(key) ? facts : 'forged';
}
const payload: fc.Arbitrary<TicketCodePayload> = fc.record({
  fairId: fc.uuid(), ticketId: fc.uuid(), kind: fc.constantFrom(...ticketKinds),
  validFrom: fc.integer({ min: 0, max: 2 ** 32 - 1 }).map((s) => new Date(s * 1000)),
  validUntil: fc.integer({ min: 0, max: 2 ** 32 - 1 }).map((s) => new Date(s * 1000)),
}).chain((facts) => fc.option(fc.integer({ min: 2, max: 65_535 }), { nil: undefined }).map((size) => ({ ...facts, ...(size !== undefined && { size }) })));

describe(`a ticket code (seed ${seed})`, () => {
  it('comes back as it was signed, in 148 characters, of a group in 151', () => {
    fc.assert(fc.property(payload, (facts) => {
      const code = makeTicketCode(facts, { keyId: 7, privateKey: pair.privateKey });
      expect(code).toMatch(facts.size === undefined ? /^FW1\.[\w-]{144}$/ : /^FW1\.[\w-]{147}$/);
      expect(parse(code)).toEqual({ keyId: 7, ...facts });
    }), runs(300, 5_000));
  });

  it('is forged once a single bit was changed', () => {
    fc.assert(fc.property(payload, fc.nat(108 * 8 - 1), (facts, bit) => {
      const bytes = Buffer.from(makeTicketCode(facts, { keyId: 7, privateKey: pair.privateKey }).slice(4), 'base64url');
      bytes[bit >> 3]! ^= 1 << (bit & 7);
      // Another version or an unknown kind is no code of ours at all.
      expect(parse(`FW1.${bytes.toString('base64url')}`)).toBe(bit < 8 || (bit >> 3 === 43 && bytes[43]! >= ticketKinds.length) ? 'unreadable' : 'forged');
    }), runs(300, 5_000));
  });

  it('is forged when another key signed it, or a key that we do not have', () => {
    const facts = { fairId: randomUUID(), ticketId: randomUUID(), kind: 'visitor' as const, validFrom: new Date(0), validUntil: new Date(1e12) };
    expect(parse(makeTicketCode(facts, { keyId: 7, privateKey: stranger.privateKey }))).toBe('forged');
    expect(parse(makeTicketCode(facts, { keyId: 8, privateKey: pair.privateKey }))).toBe('forged');
  });

  it('never throws, whatever the text is', () => {
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.base64String().map((text) => `FW1.${text}`), fc.string({ minLength: 144, maxLength: 144 }).map((text) => `FW1.${text}`)), (text) => {
      expect(['unreadable', 'forged']).toContain(parse(text));
    }), runs(300, 5_000));
  });
});

describe('a short code', () => {
  it('is eight digits that do not follow each other', () => {
    const codes = Array.from({ length: 200 }, newShortCode);
    for (const code of codes) expect(code).toMatch(/^\d{8}$/);
    expect(codes.filter((code, n) => n > 0 && Math.abs(Number(code) - Number(codes[n - 1])) < 1_000).length).toBeLessThan(5);
  });

  it('is found as people type it', () => {
    for (const text of ['20715530', '2071 5530', '2071-5530', ' ２０７１　５５３０ ']) expect(shortCodeIn(text)).toBe('20715530');
    for (const text of ['2071553', '207155301', '2071553a', '', 'FW1.20715530']) expect(shortCodeIn(text)).toBeNull();
  });
});
