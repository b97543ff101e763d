import { createRouter, createWebHistory } from 'vue-router';
import { titleFrom } from '../parts/page-title';
import { t } from '../words';

/** Only pages that exist. */
export const router = createRouter({
  history: createWebHistory('/screen/'),
  routes: [
    { path: '/', name: 'choose', component: () => import('./pages/Choose.vue'), meta: { title: () => t('screen.choose.title') } },
    { path: '/:fairId([0-9a-f-]{36})', name: 'wall', component: () => import('./pages/Wall.vue'), props: true, meta: { title: () => t('screen.title') } },
    { path: '/:rest(.*)*', name: 'notFound', component: () => import('./pages/NotFound.vue'), meta: { title: () => t('common.notFound.title') } },
  ],
});
titleFrom(router, () => t('screen.title'));
