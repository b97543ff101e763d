import { createRouter, createWebHistory } from 'vue-router';
import { titleFrom } from '../parts/page-title';
import { t } from '../words';

/** Only pages that exist. A route with `meta.tab` shows the tab bar; tabs whose route is not here are not shown. */
export const router = createRouter({
  history: createWebHistory('/'),
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
  routes: [
    { path: '/live', name: 'live', component: () => import('./pages/Live.vue'), meta: { tab: 'live', title: () => t('phone.live.title') } },
    { path: '/messages', name: 'messages', component: () => import('./pages/Messages.vue'), meta: { tab: 'messages', title: () => t('phone.messages.title') } },
    { path: '/:rest(.*)*', name: 'notFound', component: () => import('./pages/NotFound.vue'), meta: { title: () => t('common.notFound.title') } },
  ],
});
titleFrom(router, () => t('phone.title'));
