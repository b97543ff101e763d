import { watchEffect } from 'vue';
import type { Router } from 'vue-router';
import { focusPage } from './page-focus';

declare module 'vue-router' {
  interface RouteMeta {
    /** The page's name for the browser's title; a page may set its own with `setPageTitle`. */
    title?: () => string;
    /** Phone: the tab that is lit; a page without one shows no tab bar. */
    tab?: 'home' | 'jobs' | 'fairs' | 'tickets' | 'me';
    /** Console: anyone may see it (sign-in, links from a letter); it shows no side bar. */
    open?: boolean;
  }
}

/** A page's own title, for example a job's name. */
export const setPageTitle = (title: string): void => void (document.title = title);

/**
 * Sets the browser's title from `meta.title` in the page's language. On the first view the served title is kept when the
 * route names none: the server wrote a better one for sharing.
 */
export function titleFrom(router: Router, product: () => string): void {
  watchEffect(() => {
    const named = router.currentRoute.value.meta.title?.();
    if (named) setPageTitle(`${named} · ${product()}`);
  });
  // After a change of page the reader of a screen reader is told where they are: focus goes to the content.
  router.afterEach((to, from) => {
    if (from.matched.length && to.path !== from.path) requestAnimationFrame(focusPage);
  });
}
