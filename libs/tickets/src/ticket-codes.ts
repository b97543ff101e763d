import { sign } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { SignedOffline } from '#libs/contracts';
import type { Ticket } from '#libs/platform';
import { shortCodeIn } from './short-code.js';
import { claimOf, makeTicketCode } from './ticket-code.js';
import { TicketKeys } from './ticket-keys.js';

/** What a scanner or a person gave us. */
export type ReadCode =
  /** A code that we signed. */
  | { kind: 'ticket'; fairId: string; ticketId: string }
  /** Eight digits; whether there is such a ticket is for the fair to say. */
  | { kind: 'shortCode'; shortCode: string }
  | { kind: 'refused'; reason: 'unreadable' | 'forged' };

/** The same before the signature was looked at. `signed`: whether we signed it; Ed25519, worked out once, when it is first asked. */
export type ClaimedCode = Exclude<ReadCode, { kind: 'ticket' }> | (Extract<ReadCode, { kind: 'ticket' }> & { signed(): boolean });

/** Makes and reads ticket codes with the keys of this installation. */
@Injectable()
export class TicketCodes {
  constructor(private readonly keys: TicketKeys) {}

  /** A function that signs tickets as they stand now: codes are made when they are shown, never stored. */
  async signer(): Promise<(ticket: Pick<Ticket, 'id' | 'fairId' | 'kind' | 'size' | 'validFrom' | 'validUntil'>) => string> {
    const pair = await this.keys.signing();
    return ({ id, ...facts }) => makeTicketCode({ ticketId: id, ...facts }, pair);
  }

  /** Signs a text with the key that signs tickets now: Ed25519 of `prefix` and the text in UTF-8. */
  async signText(prefix: string, text: string): Promise<SignedOffline> {
    const { keyId, privateKey } = await this.keys.signing();
    return { keyId, signature: sign(null, Buffer.from(prefix + text, 'utf8'), privateKey).toString('base64url'), snapshot: text };
  }

  /** Reads whatever came from a camera, a hand-held scanner or a keyboard. Never throws for what the text is. */
  async read(text: string): Promise<ReadCode> {
    const claimed = await this.claim(text);
    if (claimed.kind !== 'ticket') return claimed;
    const { signed, ...read } = claimed;
    return signed() ? read : { kind: 'refused', reason: 'forged' };
  }

  /** The same, and its caller asks `signed` before anything is done: while it waits for something else. */
  async claim(text: string): Promise<ClaimedCode> {
    const trimmed = text.trim();
    const shortCode = shortCodeIn(trimmed);
    if (shortCode !== null) return { kind: 'shortCode', shortCode };
    const claim = claimOf(trimmed);
    if (claim === null) return { kind: 'refused', reason: 'unreadable' };
    const { fairId, ticketId, keyId, signedBy } = claim;
    const key = await this.keys.publicKey(keyId);
    if (!key) return { kind: 'refused', reason: 'forged' };
    let signed: boolean | undefined;
    return { kind: 'ticket', fairId, ticketId, signed: () => (signed ??= signedBy(key)) };
  }
}
