import { watch as watchValue } from 'vue';
import { account } from '../net/account';
import { api } from '../net/api';
import { reopenLive, watch as watchLive } from '../net/live';
import { waiting } from './waiting';

/** As many as one question counts; more is more than anybody clears at once. */
const MOST = 100;

/** Keeps the number of licences that wait for this person's bureau beside their menu item, pushed by `reviewers`. Call once. */
export function countWaiting(): void {
  let stop: (() => void) | undefined;
  watchValue(() => account.value?.accountId, () => {
    stop?.();
    reopenLive(); // somebody else signed in: the line carries their token from now on
    stop = undefined;
    waiting.reviews = undefined;
    const role = account.value?.role;
    if (role !== 'organiserAdmin' && role !== 'organiserStaff' && role !== 'platformAdmin') return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let ended = false;
    const count = () => api('GET /licences', { query: { status: 'pending', limit: MOST } }).then(page => {
      if (!ended) waiting.reviews = { count: page.items.length };
    }, () => undefined); // the badge is beside the work: it comes with the next event
    const soon = () => { clearTimeout(timer); timer = setTimeout(() => void count(), 300); };
    const leave = watchLive({ kind: 'reviewers' }, { event: event => { if (event.type.startsWith('licence.')) soon(); }, resync: soon });
    stop = () => { ended = true; clearTimeout(timer); leave(); };
    void count();
  }, { immediate: true });
}
