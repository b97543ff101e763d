import { createRouter, createWebHistory } from 'vue-router';
import { titleFrom } from '../parts/page-title';
import { t } from '../words';
import { device } from './device';

/** Only pages that exist. Without a binding every page is the pairing; with one, the pairing is for the code of another gate. */
export const router = createRouter({
  history: createWebHistory('/gate/'),
  routes: [
    { path: '/', name: 'scan', component: () => import('./pages/Scan.vue'), meta: { title: () => device.value?.context.gate.name ?? t('gate.title') } },
    { path: '/pair', name: 'pair', component: () => import('./pages/Pair.vue'), meta: { title: () => t('gate.pair.title') } },
    { path: '/walk-in', name: 'walkIn', component: () => import('./pages/WalkIn.vue'), meta: { title: () => t('gate.walkIn.title') } },
    { path: '/history', name: 'history', component: () => import('./pages/History.vue'), meta: { title: () => t('gate.history.title') } },
    { path: '/:rest(.*)*', name: 'notFound', component: () => import('./pages/NotFound.vue'), meta: { title: () => t('common.notFound.title') } },
  ],
});
router.beforeEach(to => {
  if (!device.value && to.name !== 'pair') return { name: 'pair', query: to.query };
  if (device.value && to.name === 'pair' && !to.query.code) return { name: 'scan' };
});
titleFrom(router, () => t('gate.title'));
