import { watch } from 'vue';
import { account } from '../../../../net/account';
import { api, ApiError } from '../../../../net/api';
import { watch as follow } from '../../../../net/live';
import { waiting } from '../../../waiting';

/** The applications that nobody has looked at yet, by id: the badge of the side bar counts them. */
const unseen = new Set<string>();
let openFor = '';
let stop: (() => void) | undefined;

function show(): void {
  waiting.applicants = unseen.size ? { count: unseen.size } : undefined;
}

async function count(organisationId: string): Promise<void> {
  const found = new Set<string>();
  try {
    for (let after: string | null | undefined; after !== null;) {
      const page = await api('GET /applicants', { query: { status: 'submitted', limit: 100, after } });
      if (openFor !== organisationId) return; // signed out meanwhile
      page.items.forEach(one => { if (one.candidate) found.add(one.id); });
      after = page.next;
    }
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    console.warn('New applications were not counted', error.code); // the list itself says what is wrong
    return;
  }
  unseen.clear();
  found.forEach(id => unseen.add(id));
  show();
}

function close(): void {
  stop?.();
  stop = undefined;
  openFor = '';
  unseen.clear();
  waiting.applicants = undefined;
}

/** Keeps the badge true as long as this employer is signed in here: counted once, then by events. */
export function openInbox(): void {
  const id = account.value?.organisation?.id;
  if (!id || openFor === id) return;
  close();
  openFor = id;
  stop = follow({ kind: 'organisation', id }, {
    event(event) {
      if (event.type === 'application.submitted') unseen.add(event.data.applicationId);
      else if (event.type === 'application.statusChanged') unseen.delete(event.data.applicationId);
      else return;
      show();
    },
    begun: () => void count(id),
    resync: () => void count(id),
  });
  void count(id);
}
watch(account, now => { if (now?.organisation?.id !== openFor) close(); });
