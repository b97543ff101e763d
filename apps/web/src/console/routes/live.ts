import type { RouteRecordRaw } from 'vue-router';
import { t } from '../../words';

/** An employer's broadcasts and its studio (a page of its own, with no side bar), and the bureau's held words. */
export const liveRoutes: RouteRecordRaw[] = [
  { path: '/broadcasts', name: 'broadcasts', component: () => import('../pages/employer/Broadcasts.vue'), meta: { title: () => t('console.nav.broadcasts') } },
  { path: '/broadcasts/new', name: 'broadcastNew', component: () => import('../pages/employer/BroadcastEdit.vue'), meta: { menu: 'broadcasts', title: () => t('console.live.form.new') } },
  { path: '/broadcasts/:broadcastId', name: 'broadcast', component: () => import('../pages/employer/Broadcast.vue'), props: true, meta: { menu: 'broadcasts', title: () => t('console.nav.broadcasts') } },
  { path: '/broadcasts/:broadcastId/edit', name: 'broadcastEdit', component: () => import('../pages/employer/BroadcastEdit.vue'), props: true, meta: { menu: 'broadcasts', title: () => t('console.live.form.edit') } },
  { path: '/studio/:broadcastId', name: 'studio', component: () => import('../pages/employer/Studio.vue'), props: true, meta: { bare: true, title: () => t('console.live.studio.title') } },
  { path: '/held-words', name: 'heldWords', component: () => import('../pages/organiser/HeldWords.vue'), meta: { title: () => t('console.nav.heldWords') } },
];

/** Pages of one fair's broadcasts, below /fairs/:fairId. */
export const liveFairRoutes: RouteRecordRaw[] = [
  { path: 'broadcasts', name: 'fairBroadcasts', component: () => import('../pages/organiser/Broadcasts.vue'), meta: { title: () => t('console.live.organiser.tab') } },
  { path: 'broadcasts/:broadcastId', name: 'fairBroadcast', component: () => import('../pages/organiser/BroadcastWatch.vue'), props: true, meta: { title: () => t('console.live.organiser.watching') } },
];
