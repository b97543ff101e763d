/**
 * What was said without a network, kept on the phone and sent when it is back: applications (投递) and contacts left at
 * booths. The server takes the same application twice as one, so sending again does no harm.
 */
import type { Apply, LeaveLead, UpdateProfile } from '#libs/contracts';
import { computed, shallowRef, watch } from 'vue';
import { account } from '../../net/account';
import { api, ApiError, newId } from '../../net/api';
import { kept } from '../../net/kept';
import { heard, missed, whenBack } from './reach';
import { known, whoseThings } from './sign-in';

export type ToSend =
  /** `profile`: what the person changed of their facts on the way, saved before the application goes. */
  | { kind: 'apply'; body: Apply; profile?: UpdateProfile; title: string; organisationName: string }
  | { kind: 'lead'; boothId: string; body: LeaveLead; title: string; organisationName: string };
export type Waiting = ToSend & {
  id: string; accountId: string; at: number;
  /** The server's sentence, when it refused: it stays until the person has read it. */
  refused?: string;
};

const PREFIX = 'send:';
const list = shallowRef<Waiting[]>([]);
/** Everything of the signed-in person that is not sent yet, oldest first. */
export const outbox = computed(() => list.value);
const told = new Set<(sent: Waiting) => void>();

async function read(): Promise<void> {
  const whose = await whoseThings();
  const all = await kept.all<Waiting>(PREFIX).catch(() => []);
  list.value = all.map(one => one.value).filter(one => one.accountId === whose).sort((a, b) => a.at - b.at);
}

async function send(one: ToSend): Promise<void> {
  if (one.kind === 'lead') await api('POST /booths/:boothId/leads', { params: { boothId: one.boothId }, body: one.body });
  else {
    if (one.profile) await api('PATCH /me/profile', { body: one.profile });
    await api('POST /applications', { body: one.body });
  }
}

/** No answer, or none that counts: the thing is kept and tried again. */
const worthAgain = (error: unknown): error is ApiError => error instanceof ApiError && (error.status === 0 || error.status === 503 || error.code === 'unreadable');

/**
 * Sends it now; `sent`, or `kept` when the network failed and it will go by itself. Rejects with the server's refusal, and with
 * the network's when it is not known whose it is or the browser gives no storage to keep it in.
 */
export async function sendOrKeep(one: ToSend): Promise<'sent' | 'kept'> {
  try {
    await send(one);
    heard();
    return 'sent';
  } catch (error) {
    if (!worthAgain(error)) throw error;
    if (error.status === 0) missed();
    const accountId = await whoseThings();
    if (!accountId) throw error;
    const id = newId();
    // Proxies: what is kept must be plain.
    const waiting: unknown = JSON.parse(JSON.stringify({ ...one, id, accountId, at: Date.now() }));
    await kept.put(PREFIX + id, waiting).catch((cause: unknown) => {
      console.warn('Not kept:', cause);
      throw error;
    });
    await read();
    return 'kept';
  }
}

let flushing: Promise<void> | undefined;

async function flushNow(): Promise<void> {
  await known();
  await read();
  for (const one of list.value) {
    if (one.refused || account.value?.accountId !== one.accountId) continue;
    try {
      await send(one);
      await kept.remove(PREFIX + one.id);
      heard();
      told.forEach(tell => tell(one));
    } catch (error) {
      if (worthAgain(error)) { if (error.status === 0) missed(); break; }
      if (!(error instanceof ApiError)) throw error;
      if (error.status === 401 || error.status === 429) break; // after the next sign-in, or later
      await kept.put(PREFIX + one.id, { ...one, refused: error.message });
    }
    await read();
  }
}

/** Sends what waits. Calls at the same time share one round. */
export const flush = (): Promise<void> => (flushing ??= flushNow().finally(() => { flushing = undefined; }));

/** The person has read why it was refused, or does not want it any more. */
export async function drop(id: string): Promise<void> {
  await kept.remove(PREFIX + id);
  await read();
}

/** Calls `tell` for each thing that went out later. */
export const whenSent = (tell: (sent: Waiting) => void): void => void told.add(tell);

const EVERY = 30_000;

/** Starts sending: when the page opens, when the network is back, and now and then while something waits. */
export function startOutbox(): void {
  const quietly = () => void flush().catch((error: unknown) => console.warn('Outbox:', error));
  quietly();
  whenBack(quietly);
  watch(account, quietly); // a sign-in that was taken up late
  setInterval(() => { if (list.value.some(one => !one.refused)) quietly(); }, EVERY);
}
