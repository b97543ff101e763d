import type { Actor } from '#libs/contracts';
import { DomainError } from '#libs/platform';

/** Who somebody is in a broadcast, and through which browser: both are what a mute or a ban takes. */
export interface Person { personKey: string; deviceId: string }

/** `account:…` of who is signed in. */
export const accountKey = (accountId: string): string => `account:${accountId}`;

/** The account behind a key, or null for a device's. */
export const accountOf = (personKey: string): string | null => (personKey.startsWith('account:') ? personKey.slice('account:'.length) : null);

/** @param deviceId the browser's own id: who is not signed in is told apart by it */
export function personOf(actor: Actor, deviceId: string): Person {
  const device = deviceId.toLowerCase();
  return { personKey: 'accountId' in actor ? accountKey(actor.accountId) : `device:${device}`, deviceId: device };
}

/** The key of somebody who may have named no device; null for who is neither signed in nor names one. */
export function keyOf(actor: Actor, deviceId: string | undefined): string | null {
  if ('accountId' in actor) return accountKey(actor.accountId);
  return deviceId === undefined ? null : personOf(actor, deviceId).personKey;
}

/** A candidate's shown name: the first character and stars (`林**`); 求职者 for one who has not given any. */
export function maskedName(name: string): string {
  const [first] = name.trim();
  return first === undefined ? '求职者' : `${first}**`;
}

/** The account of an actor. Throws `unauthenticated` for one that has none: such a route's `@Allow` is too wide. */
export function accountIdOf(actor: Actor): string {
  if ('accountId' in actor) return actor.accountId;
  throw new DomainError('unauthenticated');
}
