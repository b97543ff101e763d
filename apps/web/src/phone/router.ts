import { createRouter, START_LOCATION, type Router, type RouteRecordRaw, type RouterHistory } from 'vue-router';
import { titleFrom } from '../parts/page-title';
import { t } from '../words';
import { boothPage, deviceCheck, interviewRoom, myInterviews } from './interview';
import { liveRoom } from './live';
import Home from './pages/Home.vue';
import { askPassEarly } from './state/live-pass';

/** The tabs' pages, so that they can be fetched before they are tapped. */
const tabs = {
  jobs: () => import('./pages/Jobs.vue'), fairs: () => import('./pages/Fairs.vue'),
  tickets: () => import('./pages/Tickets.vue'), me: () => import('./pages/Me.vue'),
};

const AFTER_PICTURE = 6_000;

/** Only pages that exist. A route with `meta.tab` shows the tab bar. The first screen comes with the entry, the others when opened. */
const routes: RouteRecordRaw[] = [
  { path: '/', name: 'home', component: Home, meta: { tab: 'home' } },
  { path: '/fairs', name: 'fairs', component: tabs.fairs, meta: { tab: 'fairs', title: () => t('phone.fairs.title') } },
  { path: '/fairs/:fairId', name: 'fair', component: () => import('./pages/Fair.vue'), props: true },
  { path: '/fairs/:fairId/plan', name: 'plan', component: () => import('./pages/Plan.vue'), props: true, meta: { title: () => t('phone.plan.title') } },
  { path: '/booths/:boothId', name: 'booth', component: boothPage, props: true },
  { path: '/b/:leadCode', name: 'boothByCode', component: boothPage, props: true },
  { path: '/live/:broadcastId', name: 'live', component: liveRoom, props: true, beforeEnter: to => { askPassEarly(to.params.broadcastId as string); } },
  { path: '/jobs', name: 'jobs', component: tabs.jobs, meta: { tab: 'jobs', title: () => t('phone.jobs.title') } },
  { path: '/jobs/:jobId', name: 'job', component: () => import('./pages/Job.vue'), props: true },
  { path: '/tickets', name: 'tickets', component: tabs.tickets, meta: { tab: 'tickets', title: () => t('phone.tickets.title') } },
  { path: '/tickets/:ticketId', name: 'ticket', component: () => import('./pages/Ticket.vue'), props: true, meta: { title: () => t('phone.ticket.title') } },
  { path: '/me', name: 'me', component: tabs.me, meta: { tab: 'me', title: () => t('phone.me.title') } },
  { path: '/me/profile', name: 'profile', component: () => import('./pages/Profile.vue'), meta: { title: () => t('phone.profile.title') } },
  { path: '/me/applications', name: 'applications', component: () => import('./pages/Applications.vue'), meta: { title: () => t('phone.applications.title') } },
  { path: '/me/consents', name: 'consents', component: () => import('./pages/Consents.vue'), meta: { title: () => t('phone.consents.title') } },
  { path: '/me/interviews', name: 'interviews', component: myInterviews, meta: { title: () => t('interview.mine.title') } },
  { path: '/me/interviews/check', name: 'deviceCheck', component: deviceCheck, meta: { title: () => t('interview.check.title') } },
  { path: '/interviews/:interviewId', name: 'interview', component: interviewRoom, props: true, meta: { title: () => t('interview.title') } },
  { path: '/:rest(.*)*', name: 'notFound', component: () => import('./pages/NotFound.vue'), meta: { title: () => t('common.notFound.title') } },
];

export function phoneRouter(history: RouterHistory): Router {
  const router = createRouter({
    history,
    // A sheet that opens or closes (?open=…) and a filter leave the page where it is; so does the application that takes over a page.
    scrollBehavior(to, from, saved) {
      if (saved) return saved;
      if ((from === START_LOCATION && !to.hash) || (to.path === from.path && to.hash === from.hash)) return false;
      return to.hash ? { el: to.hash, top: 60 } : { top: 0 };
    },
    routes,
  });
  titleFrom(router, () => t('phone.title'));
  return router;
}

/** Fetches the tabs' pages, so that a tap finds them there; not where the reader saves data. */
export async function openTabsSoon(): Promise<void> {
  const line = (navigator as { connection?: { saveData?: boolean } }).connection;
  if (line?.saveData) return;
  // A picture that is about to come needs the line, and a cheap phone its processor.
  if (location.pathname.startsWith('/live/')) await new Promise(done => setTimeout(done, AFTER_PICTURE));
  await Promise.all(Object.values(tabs).map(fetchPage => fetchPage().catch(() => undefined))); // offline: the tap says so
}
