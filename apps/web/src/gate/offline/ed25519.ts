/**
 * Ed25519 (RFC 8032) and the texts it comes in. Bundled, because browsers before Chrome 137 have none, and synchronous,
 * because a page on plain http has no SubtleCrypto to hash with.
 */
import { hashes, keygen, sign, verify } from '@noble/ed25519';
import { sha256, sha512 } from '@noble/hashes/sha2.js';

hashes.sha512 = sha512;

/** 32 bytes each. */
export interface SigningKeys { secretKey: Uint8Array; publicKey: Uint8Array }

export const newSigningKeys = (): SigningKeys => keygen();
/** 64 bytes. */
export const signed = (message: Uint8Array, secretKey: Uint8Array): Uint8Array => sign(message, secretKey);

/** Never throws: what is no signature or no key does not hold. */
export function signatureHolds(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean {
  if (signature.length !== 64 || publicKey.length !== 32) return false;
  return verify(signature, message, publicKey, { zip215: false });
}

export const sha256Of = (message: Uint8Array): Uint8Array => sha256(message);
export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** RFC 4648, without padding. */
export function toBase64url(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}

/** Throws DOMException for what is no base64url. */
export function fromBase64url(text: string): Uint8Array {
  return Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), character => character.charCodeAt(0));
}

export const toHex = (bytes: Uint8Array): string => Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');
