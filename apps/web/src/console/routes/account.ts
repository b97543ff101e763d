import type { RouteRecordRaw } from 'vue-router';
import { t } from '../../words';

/** Signing in, one-time links, one's own account, and the people and the book of one's own organisation. */
export const accountRoutes: RouteRecordRaw[] = [
  { path: '/sign-in', name: 'signIn', component: () => import('../pages/account/SignIn.vue'), meta: { open: true, title: () => t('console.signIn.title') } },
  { path: '/link/:token', name: 'link', component: () => import('../pages/account/Link.vue'), props: true, meta: { open: true, title: () => t('console.account.link.title') } },
  { path: '/account', name: 'account', component: () => import('../pages/account/Account.vue'), meta: { title: () => t('console.account.title') } },
  { path: '/staff', name: 'staff', component: () => import('../pages/account/Staff.vue'), meta: { title: () => t('console.nav.staff') } },
  { path: '/audit', name: 'audit', component: () => import('../pages/account/Audit.vue'), meta: { title: () => t('console.nav.audit') } },
];
