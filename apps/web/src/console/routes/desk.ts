import type { RouteRecordRaw } from 'vue-router';
import { t } from '../../words';
import { liveFairRoutes } from './live';

const start = () => import('../pages/desk/Start.vue');

/**
 * The live desk, the gates and the tickets. The menu's items (`desk`, `zones`, `tickets`) lead to the fair that one works on; a fair
 * has each page at its own address. They have a frame of their own: on the day nobody wants the tabs of preparing.
 */
export const deskRoutes: RouteRecordRaw[] = [
  { path: '/desk', name: 'desk', component: start, props: { page: 'fairDesk' }, meta: { title: () => t('console.nav.desk') } },
  { path: '/gates', name: 'zones', component: start, props: { page: 'fairGates' }, meta: { title: () => t('console.nav.zones') } },
  { path: '/tickets', name: 'tickets', component: start, props: { page: 'fairTickets' }, meta: { title: () => t('console.nav.tickets') } },
  { path: '/fairs/:fairId', component: () => import('../pages/desk/DeskFrame.vue'), props: true, children: [
    { path: 'desk', name: 'fairDesk', component: () => import('../pages/desk/Desk.vue'), meta: { menu: 'desk', title: () => t('console.nav.desk') } },
    { path: 'gates', name: 'fairGates', component: () => import('../pages/desk/Gates.vue'), meta: { menu: 'zones', title: () => t('console.nav.zones') } },
    { path: 'gate-work', name: 'fairGateWork', component: () => import('../pages/desk/GateWork.vue'), meta: { menu: 'zones', title: () => t('console.gateWork.tab') } },
    { path: 'tickets', name: 'fairTickets', component: () => import('../pages/desk/Tickets.vue'), meta: { menu: 'tickets', title: () => t('console.nav.tickets') } },
  ] },
];

/** Pages that are tabs of one fair, below /fairs/:fairId (paths without a slash first); list them in fair-tabs.ts too. */
export const deskFairRoutes: RouteRecordRaw[] = liveFairRoutes;
