import { onScopeDispose, ref, watch, type Ref } from 'vue';
import { account } from '../../net/account';
import { remember, remembered } from '../../net/remember';

/**
 * Keeps a form as it is typed, in this browser and for this account, until `clear`. What was left unfinished is put back into
 * `form` at once; `found` says so. `form` is a reactive object of plain data.
 */
export function useDraft<T extends object>(name: string, form: T): { found: Ref<boolean>; clear(): void } {
  const key = `fw-draft:${account.value?.accountId ?? ''}:${name}`;
  const found = ref(false);
  const before = JSON.stringify(form);
  const text = remembered(key);
  if (text) {
    try {
      const kept = JSON.parse(text) as Partial<T>;
      for (const field of Object.keys(form) as (keyof T)[]) if (kept[field] !== undefined) form[field] = kept[field] as T[typeof field];
      found.value = JSON.stringify(form) !== before;
    } catch {
      remember(key, ''); // not ours, or cut off: it is no loss
    }
  }
  let timer: ReturnType<typeof setTimeout> | undefined;
  let cleared = false;
  const keep = () => { timer = undefined; remember(key, JSON.stringify(form)); };
  watch(form, () => {
    if (cleared) return; // the form is being put back
    clearTimeout(timer);
    timer = setTimeout(keep, 300);
  }, { deep: true });
  onScopeDispose(() => { if (timer) { clearTimeout(timer); keep(); } });
  return { found, clear() {
    clearTimeout(timer);
    timer = undefined;
    remember(key, '');
    found.value = false;
    cleared = true;
    setTimeout(() => { cleared = false; });
  } };
}
