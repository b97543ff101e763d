import { watch } from 'vue';
import { createRouter, createWebHistory, type RouteLocationRaw } from 'vue-router';
import { account } from '../net/account';
import { api, ApiError } from '../net/api';
import { titleFrom } from '../parts/page-title';
import { t } from '../words';
import { menu } from './menu';
import { accountRoutes } from './routes/account';
import { deskRoutes } from './routes/desk';
import { employerRoutes } from './routes/employer';
import { interviewRoutes } from './routes/interviews';
import { liveRoutes } from './routes/live';
import { organiserRoutes } from './routes/organiser';

declare module 'vue-router' {
  interface RouteMeta {
    /** The menu's item that is lit, where it is not the page itself. */
    menu?: string;
    /** The page fills the window: no side bar (the studio). */
    bare?: boolean;
  }
}

/** Only pages that exist, a file of routes a section; each page loads when it is opened. */
export const router = createRouter({
  history: createWebHistory('/console/'),
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
  routes: [
    // Decided on the way in, after the guard: who signs in has no first page before.
    { path: '/', name: 'start', component: () => import('./pages/NotFound.vue'), beforeEnter: () => firstPage() },
    ...accountRoutes,
    ...organiserRoutes,
    ...deskRoutes,
    ...employerRoutes,
    ...liveRoutes,
    ...interviewRoutes,
    { path: '/:rest(.*)*', name: 'notFound', component: () => import('./pages/NotFound.vue'), meta: { title: () => t('common.notFound.title') } },
  ],
});

/** Whether the platform has no organiser yet; a server that does not say so does not hold anybody up. */
const noOrganiser = () => api('GET /organisations', { query: { kind: 'organiser', limit: 1 } }).then(({ items }) => !items.length, (error: unknown) => {
  if (!(error instanceof ApiError)) throw error;
  return false;
});

/** Where one begins: the first page of the menu that one's role has; a platform's administrator makes an organiser first. */
async function firstPage(): Promise<RouteLocationRaw> {
  const role = account.value?.role;
  if (role === 'platformAdmin' && await noOrganiser()) return { name: 'organisers' };
  const item = menu.flatMap(group => group.items).find(one => role && one.roles.includes(role) && router.hasRoute(one.route));
  return { name: item?.route ?? 'account' };
}

router.beforeEach(to => {
  if (!to.meta.open && !account.value) return { name: 'signIn', query: to.fullPath === '/' ? {} : { then: to.fullPath } };
  return true;
});
// Signed out in another tab, or by the server: a page that nobody may use is not left standing.
watch(account, now => {
  const { meta, fullPath, name } = router.currentRoute.value;
  if (!now && name && !meta.open) void router.replace({ name: 'signIn', query: { then: fullPath } });
});
titleFrom(router, () => t('console.title'));
