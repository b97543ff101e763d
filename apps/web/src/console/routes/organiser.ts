import type { RouteRecordRaw } from 'vue-router';
import { t } from '../../words';
import { deskFairRoutes } from './desk';

const partner = () => import('../pages/organiser/Partner.vue');

/** The bureau's preparation. Pages of one fair are children of `fairFrame`, which shows their tabs (fair-tabs.ts). */
export const organiserRoutes: RouteRecordRaw[] = [
  { path: '/fairs', name: 'fairs', component: () => import('../pages/organiser/Fairs.vue'), meta: { title: () => t('console.nav.fairs') } },
  { path: '/fairs/new', name: 'fairNew', component: () => import('../pages/organiser/FairNew.vue'), meta: { menu: 'fairs', title: () => t('console.organiser.form.new') } },
  { path: '/fairs/:fairId', component: () => import('../pages/organiser/FairFrame.vue'), props: true, meta: { menu: 'fairs' }, children: [
    { path: '', name: 'fair', component: () => import('../pages/organiser/FairOverview.vue'), meta: { title: () => t('console.organiser.tabs.fair') } },
    { path: 'edit', name: 'fairEdit', component: () => import('../pages/organiser/FairEdit.vue'), meta: { title: () => t('console.organiser.tabs.fairEdit') } },
    { path: 'move', name: 'fairMove', component: () => import('../pages/organiser/FairMove.vue'), meta: { title: () => t('console.organiser.move.title') } },
    { path: 'zones', name: 'fairZones', component: () => import('../pages/organiser/FairZones.vue'), meta: { title: () => t('console.organiser.tabs.fairZones') } },
    { path: 'agenda', name: 'fairAgenda', component: () => import('../pages/organiser/FairAgenda.vue'), meta: { title: () => t('console.organiser.tabs.fairAgenda') } },
    { path: 'plan', name: 'fairPlan', component: () => import('../pages/organiser/FairPlan.vue'), meta: { title: () => t('console.organiser.tabs.fairPlan') } },
    { path: 'applications', name: 'fairApplications', component: () => import('../pages/organiser/FairApplications.vue'), meta: { title: () => t('console.organiser.tabs.fairApplications') } },
    { path: 'interviews', name: 'fairInterviews', component: () => import('../pages/organiser/FairInterviews.vue'), meta: { title: () => t('console.nav.interviews') } },
    { path: 'share', name: 'fairShare', component: () => import('../pages/organiser/FairShare.vue'), meta: { title: () => t('console.organiser.tabs.fairShare') } },
    ...deskFairRoutes,
  ] },
  { path: '/reviews', name: 'reviews', component: () => import('../pages/organiser/Reviews.vue'), meta: { title: () => t('console.nav.reviews') } },
  { path: '/employers', name: 'employers', component: () => import('../pages/organiser/Employers.vue'), meta: { title: () => t('console.nav.employers') } },
  { path: '/employers/:organisationId', name: 'employer', component: partner, props: true, meta: { menu: 'employers', title: () => t('console.nav.employers') } },
  { path: '/stations', name: 'stations', component: () => import('../pages/organiser/Partners.vue'), props: { kind: 'station', key: 'station' }, meta: { title: () => t('console.nav.stations') } },
  { path: '/stations/:organisationId', name: 'station', component: partner, props: true, meta: { menu: 'stations', title: () => t('console.nav.stations') } },
  { path: '/organisers', name: 'organisers', component: () => import('../pages/organiser/Partners.vue'), props: { kind: 'organiser', key: 'organiser' }, meta: { title: () => t('console.nav.organisers') } },
  { path: '/organisers/:organisationId', name: 'organiser', component: partner, props: true, meta: { menu: 'organisers', title: () => t('console.nav.organisers') } },
];
