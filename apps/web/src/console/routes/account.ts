import type { RouteRecordRaw } from 'vue-router';
import { t } from '../../words';

/** Signing in, one-time links and one's own account: every role. */
export const accountRoutes: RouteRecordRaw[] = [
  { path: '/sign-in', name: 'signIn', component: () => import('../pages/account/SignIn.vue'), meta: { open: true, title: () => t('console.signIn.title') } },
];
