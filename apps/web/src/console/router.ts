import { createRouter, createWebHistory } from 'vue-router';
import { account } from '../net/account';
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
    { path: '/', name: 'start', redirect: () => firstPage() },
    ...accountRoutes,
    ...organiserRoutes,
    ...deskRoutes,
    ...employerRoutes,
    ...liveRoutes,
    ...interviewRoutes,
    { path: '/:rest(.*)*', name: 'notFound', component: () => import('./pages/NotFound.vue'), meta: { title: () => t('common.notFound.title') } },
  ],
});

/** Where one begins: the first page of the menu that one's role has. */
function firstPage() {
  const role = account.value?.role;
  const item = menu.flatMap(group => group.items).find(one => role && one.roles.includes(role) && router.hasRoute(one.route));
  return { name: item?.route ?? 'account' };
}

router.beforeEach(to => {
  if (!to.meta.open && !account.value) return { name: 'signIn', query: to.fullPath === '/' ? {} : { then: to.fullPath } };
  return true;
});
titleFrom(router, () => t('console.title'));
