import { shallowRef, watch } from 'vue';
import type { SignedIn } from '#libs/contracts';
import { account, accountKnown, renew, signedIn, signOut } from '../../net/account';
import { kept } from '../../net/kept';
import { reopenLine } from './line';
import { forgetSeen } from './seen';

/** Who asked for a sign-in and waits for it. */
let waiting: ((done: boolean) => void) | undefined;
let show: () => Promise<void> = () => Promise.resolve();
/** Why the sheet is shown, in the page's words: 投递前先登录. */
export const reason = shallowRef('');

/** The application's root lends its sheet. */
export const lendSheet = (open: () => Promise<void>): void => { show = open; };

/** Resolves when it is known whether an earlier sign-in goes on. */
export const known = (): Promise<void> => new Promise(done => {
  if (accountKnown.value) return done();
  const end = watch(accountKnown, yes => { if (yes) { end(); done(); } });
});

/** True when somebody is signed in, at once or after the sheet; false when they closed it. */
export async function askSignIn(why: string): Promise<boolean> {
  await known();
  if (account.value) return true;
  reason.value = why;
  waiting?.(false);
  const answer = new Promise<boolean>(done => { waiting = done; });
  await show();
  return answer;
}

/** The sheet was closed: whoever waits goes on, or not. */
export function sheetClosed(): void {
  waiting?.(account.value !== null);
  waiting = undefined;
}

const WHO = 'who';

/** Takes a sign-in; what is kept on this phone is remembered as this person's. */
export function takeSignIn(answer: SignedIn): void {
  signedIn(answer);
  reopenLine();
  void kept.put(WHO, answer.account.accountId).catch((error: unknown) => console.warn('Not kept:', error));
}

/** Whose things are kept on this phone, also when the sign-in cannot be taken up without a network. */
export const whoseThings = async (): Promise<string | undefined> => account.value?.accountId ?? await kept.get<string>(WHO).catch(() => undefined);

/** Signs out and leaves nothing of the person on the phone: tickets, things to send, pages seen. */
export async function leave(): Promise<void> {
  try {
    const mine = [...await kept.all('ticket:'), ...await kept.all('send:')];
    await Promise.all([...mine.map(one => kept.remove(one.key)), kept.remove(WHO), forgetSeen()]);
  } catch (error) {
    console.warn('Nothing is kept:', error); // a browser without storage has nothing to forget
  }
  await signOut(); // last: it asks the server, and may wait for it
  reopenLine();
}

/** Takes up an earlier sign-in once the network is back, when the page had to open without it. */
export async function resume(): Promise<void> {
  if (accountKnown.value && !account.value && await whoseThings() && await renew()) reopenLine();
}
