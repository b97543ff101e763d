/** What the phone's other pages show of interviews. Only this is in their code: words and parts come when they are shown. */
import { defineAsyncComponent } from 'vue';

const words = () => import('./state/interview-words').then(({ openInterviewWords }) => openInterviewWords());
/** A part or page, once its words are there too. */
const withWords = <T>(load: () => Promise<T>) => async (): Promise<T> => (await Promise.all([load(), words()]))[0];

/** Of every page: 到你了, wherever the reader is. */
export const CallWatch = defineAsyncComponent(withWords(() => import('./parts/interview/CallWatch.vue')));
/** Of the first page: how my places and bookings stand. Nothing where there are none. */
export const MyTurn = defineAsyncComponent(withWords(() => import('./parts/interview/MyTurn.vue')));
export const myInterviews = withWords(() => import('./pages/Interviews.vue'));
export const interviewRoom = withWords(() => import('./pages/InterviewRoom.vue'));
export const deviceCheck = withWords(() => import('./pages/DeviceCheck.vue'));
export const boothPage = withWords(() => import('./pages/Booth.vue'));
