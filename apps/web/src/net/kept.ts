/** What the device keeps for a day without network: tickets, drafts, things to send later. One key-value store in IndexedDB. */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';

interface Kept extends DBSchema { kept: { key: string; value: unknown } }
let opened: Promise<IDBPDatabase<Kept>> | undefined;
const open = () => (opened ??= openDB<Kept>('fairwind', 1, { upgrade: db => void db.createObjectStore('kept') })
  .catch((error: unknown) => { opened = undefined; throw error; }));

/** Keys are `kind:id`, for example `ticket:…`. Values must be plain data. Rejects when the browser gives no storage. */
export const kept = {
  get: async <T>(key: string): Promise<T | undefined> => (await open()).get('kept', key) as Promise<T | undefined>,
  put: async (key: string, value: unknown): Promise<void> => void (await (await open()).put('kept', value, key)),
  remove: async (key: string): Promise<void> => (await open()).delete('kept', key),
  /** Everything whose key begins with `prefix`, in key order. */
  all: async <T>(prefix: string): Promise<{ key: string; value: T }[]> => {
    const store = (await open()).transaction('kept').store;
    const range = IDBKeyRange.bound(prefix, `${prefix}\uffff`);
    const [keys, values] = await Promise.all([store.getAllKeys(range), store.getAll(range)]);
    return keys.map((key, i) => ({ key, value: values[i] as T }));
  },
};
