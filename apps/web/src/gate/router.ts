import { createRouter, createWebHistory } from 'vue-router';
import { titleFrom } from '../parts/page-title';
import { t } from '../words';

/** Only pages that exist. */
export const router = createRouter({
  history: createWebHistory('/gate/'),
  routes: [
    { path: '/:rest(.*)*', name: 'notFound', component: () => import('./pages/NotFound.vue'), meta: { title: () => t('common.notFound.title') } },
  ],
});
titleFrom(router, () => t('gate.title'));
