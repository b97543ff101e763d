import type { AnyEnvelope } from '#libs/contracts';
import { reactive, watch as watchValue } from 'vue';
import { account } from '../net/account';
import { api } from '../net/api';
import { reopenLive, watch as watchLive } from '../net/live';
import { waiting } from './waiting';

/** As many as one question counts; more is more than anybody clears at once. */
const MOST = 100;
/** Running fairs whose booth applications are counted: a bureau has a few at a time. */
const FAIRS = 12;
/** Booth applications that wait, by fair. */
export const waitingAtFair = reactive<Record<string, number>>({});

type Stop = () => void;
let listFairs: Stop | undefined;
/** A fair was published, opened or ended on this page: the fairs that are counted are listed anew. */
export const fairsChanged: Stop = () => listFairs?.();

/** Calls `work` once, a moment after the last of many calls. */
function soon(work: () => Promise<void>): { call: Stop; stop: Stop } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = () => clearTimeout(timer);
  return { call: () => { stop(); timer = setTimeout(() => void work(), 300); }, stop };
}

/** Licences that wait for this reviewer; pushed by `reviewers`. */
function countLicences(): Stop {
  let ended = false;
  // A count that does not come is no fault of the page: the badge comes with the next event.
  const count = async () => {
    const page = await api('GET /licences', { query: { status: 'pending', limit: MOST } }).catch(() => null);
    if (page && !ended) waiting.reviews = { count: page.items.length };
  };
  const again = soon(count);
  const leave = watchLive({ kind: 'reviewers' }, { event: event => { if (event.type.startsWith('licence.')) again.call(); }, resync: again.call });
  void count();
  return () => { ended = true; again.stop(); leave(); waiting.reviews = undefined; };
}

/** Booth applications that wait at the bureau's running fairs; pushed by each fair's desk. */
function countApplications(organisationId: string): Stop {
  let ended = false;
  const watched = new Map<string, Stop>();
  const total = () => { waiting.fairs = { count: Object.values(waitingAtFair).reduce((sum, n) => sum + n, 0) }; };
  async function countAt(fairId: string): Promise<void> {
    const all = await api('GET /fairs/:fairId/booth-applications', { params: { fairId } }).catch(() => null);
    if (!all || ended || !watched.has(fairId)) return;
    waitingAtFair[fairId] = all.filter(one => one.status === 'pending').length;
    total();
  }
  function leave(fairId: string) {
    watched.get(fairId)?.();
    watched.delete(fairId);
    delete waitingAtFair[fairId];
  }
  function follow(fairId: string) {
    if (watched.has(fairId)) return;
    const again = soon(() => countAt(fairId));
    const heard = (event: AnyEnvelope) => {
      if (event.type.startsWith('boothApplication.')) again.call();
      if (event.type === 'fair.statusChanged') fairs.call();
    };
    const stop = watchLive({ kind: 'desk', id: fairId }, { event: heard, resync: again.call });
    watched.set(fairId, () => { again.stop(); stop(); });
    void countAt(fairId);
  }
  async function list(): Promise<void> {
    const ask = (status: 'published' | 'open') => api('GET /fairs/mine', { query: { status, limit: FAIRS } });
    const pages = await Promise.all([ask('published'), ask('open')]).catch(() => null);
    if (!pages || ended) return;
    const running = pages.flatMap(page => page.items.map(fair => fair.id));
    [...watched.keys()].filter(id => !running.includes(id)).forEach(leave);
    running.forEach(follow);
    total();
  }
  const fairs = soon(list);
  listFairs = fairs.call;
  const stop = watchLive({ kind: 'organisation', id: organisationId }, { event: event => { if (event.type === 'fair.created') fairs.call(); }, resync: fairs.call });
  void list();
  return () => { ended = true; listFairs = undefined; fairs.stop(); stop(); [...watched.keys()].forEach(leave); waiting.fairs = undefined; };
}

/** Keeps the numbers of what waits for the signed-in person beside their menu items. Call once. */
export function countWaiting(): void {
  let stops: Stop[] = [];
  watchValue(() => account.value?.accountId, () => {
    stops.forEach(stop => stop());
    stops = [];
    reopenLive(); // somebody else signed in: the line carries their token from now on
    const { role, organisation } = account.value ?? {};
    if (role === 'organiserAdmin' || role === 'organiserStaff' || role === 'platformAdmin') stops.push(countLicences());
    if ((role === 'organiserAdmin' || role === 'organiserStaff') && organisation) stops.push(countApplications(organisation.id));
  }, { immediate: true });
}
