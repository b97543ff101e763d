/** Reads what a camera, a hand-held scanner or a keyboard gave us, without a network. The form is that of libs/tickets' ticket-code.ts. */
import { ticketKinds, type TicketKind } from '#libs/contracts';
import { fromBase64url, signatureHolds, toHex, utf8 } from './ed25519';

export type ReadCode =
  /** A code that the server signed. Whether there is such a ticket, and what became of it, the snapshot says. */
  | { kind: 'ticket'; fairId: string; ticketId: string; ticketKind: TicketKind; validFrom: Date; validUntil: Date; /** Of a group; absent from its older codes. */ size?: number }
  | { kind: 'shortCode'; shortCode: string }
  | { kind: 'refused'; reason: 'unreadable' | 'forged' };

const PREFIX = 'FW1.';
const SHAPE = /^FW1\.[A-Za-z0-9_-]{144}([A-Za-z0-9_-]{3})?$/;
/** Bytes before the signature, by version. */
const PAYLOAD_BYTES: Readonly<Record<number, number>> = { 1: 44, 2: 46 };
const SIGNATURE_BYTES = 64;
const idText = (bytes: Uint8Array): string => toHex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

/** The short code in what somebody typed (`2071 5530`, `2071-5530`, full-width digits), or null when it is none. */
export function shortCodeIn(text: string): string | null {
  const digits = text.normalize('NFKC').replace(/[\s\-·.]/g, '');
  return /^\d{8}$/.test(digits) ? digits : null;
}

/** The kind that a code says, whether it is true or not; null for what is none of our codes. */
export function kindOf(text: string): TicketKind | null {
  const trimmed = text.trim();
  return SHAPE.test(trimmed) ? ticketKinds[fromBase64url(trimmed.slice(PREFIX.length))[43]] ?? null : null;
}

/**
 * Never throws, whatever the text is.
 * @param keyOf the server's public key with this number (32 bytes), if it was known when the snapshot was made
 */
export function readCode(text: string, keyOf: (keyId: number) => Uint8Array | undefined): ReadCode {
  const trimmed = text.trim();
  const shortCode = shortCodeIn(trimmed);
  if (shortCode !== null) return { kind: 'shortCode', shortCode };
  if (!SHAPE.test(trimmed)) return { kind: 'refused', reason: 'unreadable' };
  const bytes = fromBase64url(trimmed.slice(PREFIX.length));
  const length = PAYLOAD_BYTES[bytes[0]];
  if (length === undefined || bytes.length !== length + SIGNATURE_BYTES) return { kind: 'refused', reason: 'unreadable' };
  const payload = bytes.subarray(0, length);
  const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
  const ticketKind = ticketKinds[view.getUint8(43)] as TicketKind | undefined;
  if (!ticketKind) return { kind: 'refused', reason: 'unreadable' };
  const key = keyOf(view.getUint16(1));
  const message = new Uint8Array([...utf8(PREFIX), ...payload]);
  if (!key || !signatureHolds(bytes.subarray(length), message, key)) return { kind: 'refused', reason: 'forged' };
  return {
    kind: 'ticket',
    fairId: idText(payload.subarray(3, 19)),
    ticketId: idText(payload.subarray(19, 35)),
    ticketKind,
    validFrom: new Date(view.getUint32(35) * 1000),
    validUntil: new Date(view.getUint32(39) * 1000),
    ...(payload[0] === 2 && { size: view.getUint16(44) }),
  };
}
