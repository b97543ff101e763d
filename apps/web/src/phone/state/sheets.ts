import { computed, type ComputedRef } from 'vue';
import { useRoute, useRouter, type Router } from 'vue-router';

/**
 * A sheet is open while `?open=NAME` stands in the address, so that the phone's back button closes it, in WeChat too.
 * One sheet is open at a time; a second one over the first is a further step of the way back.
 */
export interface SheetState {
  open: ComputedRef<boolean>;
  show(): Promise<void>;
  hide(): Promise<void>;
}

/** Ends when the page's address has changed. */
const moved = (router: Router) => new Promise<void>(done => {
  const end = router.afterEach(() => { end(); done(); });
});

export function useSheet(name: string): SheetState {
  const route = useRoute();
  const router = useRouter();
  const open = computed(() => route.query.open === name);
  return {
    open,
    async show() {
      if (!open.value) await router.push({ query: { ...route.query, open: name }, hash: route.hash });
    },
    async hide() {
      if (!open.value) return;
      const before = (history.state as { back?: string | null } | null)?.back;
      if (typeof before === 'string' && before.split(/[?#]/)[0] === route.path) {
        const done = moved(router);
        router.back();
        await done;
      } else {
        // Opened by a link: there is nothing of ours to go back to.
        const { open: _open, ...query } = route.query;
        await router.replace({ query, hash: route.hash });
      }
    },
  };
}
