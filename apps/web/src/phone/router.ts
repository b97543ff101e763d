import { createRouter, createWebHistory } from 'vue-router';
import { titleFrom } from '../parts/page-title';
import { t } from '../words';
import Home from './pages/Home.vue';

/** Only pages that exist. A route with `meta.tab` shows the tab bar. The first screen comes with the entry, the others when opened. */
export const router = createRouter({
  history: createWebHistory('/'),
  // A sheet that opens or closes (?open=…) and a filter leave the page where it is.
  scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path && to.hash === from.hash ? false : to.hash ? { el: to.hash, top: 60 } : { top: 0 }),
  routes: [
    { path: '/', name: 'home', component: Home, meta: { tab: 'home' } },
    { path: '/fairs', name: 'fairs', component: () => import('./pages/Fairs.vue'), meta: { tab: 'fairs', title: () => t('phone.fairs.title') } },
    { path: '/fairs/:fairId', name: 'fair', component: () => import('./pages/Fair.vue'), props: true },
    { path: '/fairs/:fairId/plan', name: 'plan', component: () => import('./pages/Plan.vue'), props: true, meta: { title: () => t('phone.plan.title') } },
    { path: '/booths/:boothId', name: 'booth', component: () => import('./pages/Booth.vue'), props: true },
    { path: '/b/:leadCode', name: 'boothByCode', component: () => import('./pages/Booth.vue'), props: true },
    { path: '/jobs', name: 'jobs', component: () => import('./pages/Jobs.vue'), meta: { tab: 'jobs', title: () => t('phone.jobs.title') } },
    { path: '/jobs/:jobId', name: 'job', component: () => import('./pages/Job.vue'), props: true },
    { path: '/tickets', name: 'tickets', component: () => import('./pages/Tickets.vue'), meta: { tab: 'tickets', title: () => t('phone.tickets.title') } },
    { path: '/tickets/:ticketId', name: 'ticket', component: () => import('./pages/Ticket.vue'), props: true, meta: { title: () => t('phone.ticket.title') } },
    { path: '/me', name: 'me', component: () => import('./pages/Me.vue'), meta: { tab: 'me', title: () => t('phone.me.title') } },
    { path: '/me/profile', name: 'profile', component: () => import('./pages/Profile.vue'), meta: { title: () => t('phone.profile.title') } },
    { path: '/me/applications', name: 'applications', component: () => import('./pages/Applications.vue'), meta: { title: () => t('phone.applications.title') } },
    { path: '/me/consents', name: 'consents', component: () => import('./pages/Consents.vue'), meta: { title: () => t('phone.consents.title') } },
    { path: '/:rest(.*)*', name: 'notFound', component: () => import('./pages/NotFound.vue'), meta: { title: () => t('common.notFound.title') } },
  ],
});
titleFrom(router, () => t('phone.title'));
