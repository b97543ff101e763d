import type { RouteRecordRaw } from 'vue-router';
import { t } from '../../words';

/** 远程面试: the queue, slots, the room and what comes after; and a station's pages. The rooms are pages of their own, with no side bar. */
export const interviewRoutes: RouteRecordRaw[] = [
  { path: '/queue', name: 'queue', component: () => import('../pages/employer/interviews/QueuePage.vue'), meta: { title: () => t('console.nav.queue') } },
  { path: '/slots', name: 'slots', component: () => import('../pages/employer/interviews/SlotsPage.vue'), meta: { title: () => t('console.nav.slots') } },
  { path: '/interviews', name: 'interviews', component: () => import('../pages/employer/interviews/InterviewsPage.vue'), meta: { title: () => t('console.nav.interviews') } },
  { path: '/interviews/:interviewId', name: 'interview', component: () => import('../pages/employer/interviews/InterviewPage.vue'), props: true, meta: { menu: 'interviews', title: () => t('console.nav.interviews') } },
  { path: '/interview-room/:interviewId', name: 'interviewRoom', component: () => import('../pages/employer/interviews/RoomPage.vue'), props: true, meta: { bare: true, title: () => t('console.interview.room.title') } },
  { path: '/jobs/:jobId/criteria', name: 'criteria', component: () => import('../pages/employer/interviews/CriteriaPage.vue'), props: true, meta: { menu: 'myJobs', title: () => t('console.interview.criteria.title') } },
  { path: '/station', name: 'stationPeople', component: () => import('../pages/station/People.vue'), meta: { title: () => t('console.nav.stationPeople') } },
  { path: '/station/register', name: 'stationRegister', component: () => import('../pages/station/Register.vue'), meta: { title: () => t('console.nav.stationRegister') } },
  { path: '/station/people/:personId', name: 'stationPerson', component: () => import('../pages/station/Person.vue'), props: true, meta: { menu: 'stationPeople', title: () => t('console.nav.stationPeople') } },
  { path: '/station/people/:personId/room/:interviewId', name: 'stationRoom', component: () => import('../pages/station/RoomPage.vue'), props: true, meta: { bare: true, title: () => t('console.interview.room.title') } },
];
