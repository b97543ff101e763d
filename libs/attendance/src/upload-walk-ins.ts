import { createPublicKey, verify } from 'node:crypto';
import type { OfflineWalkIn } from '#libs/contracts';

/** The text that a device signs for a person without a ticket. */
export const walkInText = (fairId: string, gateId: string, { ticketId, persons, madeAt }: Omit<OfflineWalkIn, 'signature'>): string =>
  `FWW1.${[ticketId, fairId, gateId, persons, madeAt].join('.')}`;

/** Whether the device's key has signed this walk-in. Never throws. */
export function walkInHolds(publicKey: Uint8Array | null, fairId: string, gateId: string, walkIn: OfflineWalkIn): boolean {
  const signature = Buffer.from(walkIn.signature, 'base64url');
  if (!publicKey || signature.length !== 64) return false;
  try {
    return verify(null, Buffer.from(walkInText(fairId, gateId, walkIn), 'utf8'), ed25519(publicKey), signature);
  } catch {
    return false; // not a key after all: then nothing was signed by it
  }
}

/** Throws for bytes that are no key. */
export const ed25519 = (raw: Uint8Array): ReturnType<typeof createPublicKey> =>
  createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(raw).toString('base64url') }, format: 'jwk' });
