import type { RouteRecordRaw } from 'vue-router';
import { t } from '../../words';

/** The employer's pages, from registering an organisation to its applicants. */
export const employerRoutes: RouteRecordRaw[] = [
  { path: '/register', name: 'register', component: () => import('../pages/employer/Register.vue'), meta: { open: true, title: () => t('console.employer.register.title') } },
  { path: '/overview', name: 'overview', component: () => import('../pages/employer/Overview.vue'), meta: { title: () => t('console.nav.overview') } },
  { path: '/organisation', name: 'organisation', component: () => import('../pages/employer/Organisation.vue'), meta: { title: () => t('console.nav.organisation') } },
  { path: '/open-fairs', name: 'openFairs', component: () => import('../pages/employer/Fairs.vue'), meta: { title: () => t('console.nav.fairs') } },
  { path: '/booth', name: 'booth', component: () => import('../pages/employer/Booth.vue'), meta: { title: () => t('console.nav.booth') } },
  { path: '/booth/:fairId/poster', name: 'boothPoster', component: () => import('../pages/employer/Poster.vue'), props: true, meta: { menu: 'booth', title: () => t('console.employer.booth.poster') } },
  { path: '/jobs', name: 'myJobs', component: () => import('../pages/employer/Jobs.vue'), meta: { title: () => t('console.nav.myJobs') } },
  { path: '/job/:jobId?', name: 'job', component: () => import('../pages/employer/JobEditor.vue'), props: true, meta: { menu: 'myJobs', title: () => t('console.employer.job.edit') } },
  { path: '/applicants', name: 'applicants', component: () => import('../pages/employer/Applicants.vue'), meta: { title: () => t('console.nav.applicants') } },
  { path: '/leads', name: 'leads', component: () => import('../pages/employer/Leads.vue'), meta: { title: () => t('console.nav.leads') } },
];
