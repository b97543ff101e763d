import { onBeforeUnmount, onMounted, type Ref } from 'vue';
import { t } from '../../words';
import { ask } from './asking';

/**
 * Asks before a page with unsaved changes is left, in the page and by the browser when the tab is closed. The guard is for
 * `onBeforeRouteLeave(useLeaving(dirty))`.
 */
export function useLeaving(dirty: Ref<boolean>): () => Promise<boolean> {
  const closing = (event: BeforeUnloadEvent) => { if (dirty.value) event.preventDefault(); };
  onMounted(() => window.addEventListener('beforeunload', closing));
  onBeforeUnmount(() => window.removeEventListener('beforeunload', closing));
  return async () => !dirty.value
    || ask({ title: t('console.leaving.title'), text: t('console.leaving.text'), action: t('console.leaving.leave'), back: t('console.leaving.stay'), danger: true, work: () => Promise.resolve() });
}
