/**
 * Who is signed in on this page. The access token lives in memory only; the refresh token is a cookie that scripts cannot
 * read (httpOnly, SameSite=Strict, path /api/auth) and that changes at each use, so only one tab may use it at a time.
 */
import type { Me, SignedIn } from '#libs/contracts';
import { computed, readonly, shallowRef } from 'vue';
import { api, ApiError, useCredentials } from './api';
import { remember, remembered } from './remember';

/** Whether this browser has a refresh cookie, as far as we know: a visitor who never signed in is spared the question. */
const HINT = 'fw-signed-in';
const current = shallowRef<SignedIn | null>(null);
let renewing: Promise<boolean> | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;

export const account = computed<Me | null>(() => current.value?.account ?? null);
/** False until the first try to take up an earlier sign-in has ended. */
const asked = shallowRef(false);
export const accountKnown = readonly(asked);
export const accessToken = (): string | null => current.value?.accessToken ?? null;

/** Takes a sign-in's answer: from now on requests carry its token, and it is renewed before it ends. */
export function signedIn(answer: SignedIn): void {
  current.value = answer;
  asked.value = true;
  remember(HINT, 'yes');
  clearTimeout(timer);
  const inMs = Math.min(Math.max(10, answer.expiresIn * 0.8) * 1000, 2 ** 31 - 1);
  timer = setTimeout(() => void renew(), inMs);
}

function forgetHere(): void {
  clearTimeout(timer);
  current.value = null;
}

function forget(): void {
  forgetHere();
  remember(HINT, 'no');
}

/** Another tab wrote what it knows: when it signed out, so does this one. True when that was so. */
export function heed({ key, newValue }: Pick<StorageEvent, 'key' | 'newValue'>): boolean {
  if (key !== HINT || newValue !== 'no' || !current.value) return false;
  forgetHere();
  return true;
}

/** Signs out here when another tab of this browser does, and calls `then`; once, when the page starts. */
export function heedOtherTabs(then: () => void): void {
  addEventListener('storage', event => { if (heed(event)) then(); });
}

async function alone<T>(work: () => Promise<T>): Promise<T> {
  const locks = globalThis.navigator?.locks as LockManager | undefined; // none on plain http and in old browsers
  return locks ? await locks.request('fairwind-refresh', work) as T : await work();
}

async function renewNow(): Promise<boolean> {
  try {
    signedIn(await alone(() => api('POST /auth/refresh', { anonymous: true })));
    return true;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    // With no network the sign-in is kept: the cookie is still good, and the next request tries again.
    // Disabled or suspended: the page signs out, and signing in says why.
    if (error.status === 401 || error.code === 'accountDisabled' || error.code === 'organisationSuspended') forget();
    return false;
  }
}

/** Gets a new access token; true when there is one. Calls at the same time share one request. */
export function renew(): Promise<boolean> {
  renewing ??= renewNow().finally(() => { renewing = undefined; });
  return renewing;
}

/** Takes up an earlier sign-in when the page opens. Never throws: without one the page is simply not signed in. */
export async function restoreAccount(): Promise<void> {
  if (remembered(HINT) === 'yes') await renew();
  asked.value = true;
}

/** Signs out here at once, and on the server when it can be reached. */
export async function signOut(): Promise<void> {
  const token = accessToken();
  forget();
  await api('POST /auth/sign-out', { anonymous: true, headers: token ? { Authorization: `Bearer ${token}` } : {} }).catch((error: unknown) => {
    if (!(error instanceof ApiError)) throw error; // not reached: the cookie ends by itself
  });
}

export const useAccountCredentials = (): void => useCredentials({ token: accessToken, renew });
