import { useRouter, type RouteLocationRaw } from 'vue-router';

/** One step back inside the product; where somebody came in by a link, to `home` instead of out of the page. */
export function useBack(home: RouteLocationRaw = '/'): () => void {
  const router = useRouter();
  return () => {
    if ((history.state as { back?: string | null } | null)?.back) router.back();
    else void router.replace(home);
  };
}
