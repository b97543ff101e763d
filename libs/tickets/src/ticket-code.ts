/**
 * The ticket code: what a ticket's QR holds. `FW1.` and 108 bytes in base64url (RFC 4648, no padding), 148 characters:
 *
 *     0  version, 1            2  key id (16 bits)        3..18   fair id (UUID)
 *    19..34  ticket id (UUID)  35..38  valid from         39..42  valid until (seconds since 1970, 32 bits)
 *    43  kind                  44..107 Ed25519 signature (RFC 8032) of `FW1.` and the bytes before it
 *
 * Of a ticket for several: version 2, at 44..45 how many persons, and the signature behind it; 110 bytes, 151 characters.
 * Big-endian. A device can check it with a public key and no network. Where the server can be asked, its own row of the
 * ticket counts, not the validity in the code: a fair that was moved does not make printed codes worthless.
 */
import { sign, verify, type KeyObject } from 'node:crypto';
import { ticketKinds, type TicketKind } from '#libs/contracts';

export interface TicketCodePayload {
  fairId: string;
  ticketId: string;
  kind: TicketKind;
  /** Whole seconds; a fraction is cut off. Between 1970 and 2106. */
  validFrom: Date;
  validUntil: Date;
  /** Persons that it lets in, 1 to 65535; absent: one, or of a group's code from before they were told, nobody knows. */
  size?: number;
}

export interface SigningPair { keyId: number; privateKey: KeyObject }

const PREFIX = 'FW1.';
/** Bytes before the signature, by version. */
const PAYLOAD_BYTES: Readonly<Record<number, number>> = { 1: 44, 2: 46 };
const SIGNATURE_BYTES = 64;
const SHAPE = /^FW1\.[A-Za-z0-9_-]{144}([A-Za-z0-9_-]{3})?$/;
const MAX_SECONDS = 0xffff_ffff;

const signedBytes = (payload: Buffer): Buffer => Buffer.concat([Buffer.from(PREFIX, 'ascii'), payload]);

const idBytes = (id: string): Buffer => {
  const bytes = Buffer.from(id.replaceAll('-', ''), 'hex');
  if (bytes.length !== 16) throw new RangeError('a ticket code holds UUIDs');
  return bytes;
};
const idText = (bytes: Buffer): string => bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

const seconds = (at: Date): number => Math.min(Math.max(Math.floor(at.getTime() / 1000), 0), MAX_SECONDS);

/** Signs a code. Throws RangeError for an id that is no UUID or a key id beyond 16 bits: that is our mistake, not a caller's. */
export function makeTicketCode(payload: TicketCodePayload, { keyId, privateKey }: SigningPair): string {
  const { size = 1 } = payload;
  const version = size > 1 ? 2 : 1;
  const bytes = Buffer.alloc(PAYLOAD_BYTES[version]!);
  bytes.writeUInt8(version, 0);
  bytes.writeUInt16BE(keyId, 1);
  idBytes(payload.fairId).copy(bytes, 3);
  idBytes(payload.ticketId).copy(bytes, 19);
  bytes.writeUInt32BE(seconds(payload.validFrom), 35);
  bytes.writeUInt32BE(seconds(payload.validUntil), 39);
  bytes.writeUInt8(ticketKinds.indexOf(payload.kind), 43);
  if (version === 2) bytes.writeUInt16BE(size, 44);
  return PREFIX + Buffer.concat([bytes, sign(null, signedBytes(bytes), privateKey)]).toString('base64url');
}

/** What a code says, before anybody has looked at its signature: nothing may be done on its word alone. */
export interface TicketCodeClaim extends TicketCodePayload {
  keyId: number;
  /** Whether this key has signed it; a tenth of a millisecond. */
  signedBy(key: KeyObject): boolean;
}

/** Reads a code, or null when it is not one of ours at all. Nothing is verified, and nothing throws. */
export function claimOf(text: string): TicketCodeClaim | null {
  if (!SHAPE.test(text)) return null;
  const bytes = Buffer.from(text.slice(PREFIX.length), 'base64url');
  const length = PAYLOAD_BYTES[bytes.readUInt8(0)];
  const kind = ticketKinds[bytes.readUInt8(43)];
  if (length === undefined || bytes.length !== length + SIGNATURE_BYTES || kind === undefined) return null;
  const payload = bytes.subarray(0, length);
  return {
    keyId: payload.readUInt16BE(1),
    fairId: idText(payload.subarray(3, 19)),
    ticketId: idText(payload.subarray(19, 35)),
    validFrom: new Date(payload.readUInt32BE(35) * 1000),
    validUntil: new Date(payload.readUInt32BE(39) * 1000),
    kind,
    ...(payload[0] === 2 && { size: payload.readUInt16BE(44) }),
    signedBy: (key) => verify(null, signedBytes(payload), key, bytes.subarray(length)),
  };
}
