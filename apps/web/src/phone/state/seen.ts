import { kept } from '../../net/kept';

/** Answers of earlier visits, so that a page opened before opens again without a network. Signing out forgets them all. */
interface Copy<T> { at: number; data: T }
const MOST = 60;
const PREFIX = 'seen:';

/** The kept answer, or undefined; never rejects: a browser without storage has simply seen nothing. */
export async function seen<T>(key: string): Promise<Copy<T> | undefined> {
  return kept.get<Copy<T>>(PREFIX + key).catch(() => undefined);
}

/** Keeps an answer; the oldest go when there are more than 60. */
export async function keepSeen(key: string, data: unknown): Promise<void> {
  try {
    await kept.put(PREFIX + key, { at: Date.now(), data } satisfies Copy<unknown>);
    const all = await kept.all<Copy<unknown>>(PREFIX);
    const old = all.sort((a, b) => b.value.at - a.value.at).slice(MOST);
    await Promise.all(old.map(one => kept.remove(one.key)));
  } catch (error) {
    console.warn('Not kept:', error); // no storage or no room: the page works without
  }
}

/** Forgets them all. */
export async function forgetSeen(): Promise<void> {
  await Promise.all((await kept.all(PREFIX)).map(one => kept.remove(one.key)));
}
