/** The phone's first page, written by the server: the same components, from the same words. main.ts takes it over in the browser. */
import type { FirstPage, FirstView, ViewChoice } from '#libs/contracts';
import { createSSRApp } from 'vue';
import { renderToString } from 'vue/server-renderer';
import { createMemoryHistory } from 'vue-router';
import { holdNow } from '../parts/now';
import { setLargeText } from '../parts/text-size';
import { openWords } from '../words';
import zh from '../words/zh/phone';
import App from './App.vue';
import { phoneRouter } from './router';
import { FIRST_VIEW, fairOf } from './state/first-view';

async function write(view: FirstView, { language, largeText }: ViewChoice): Promise<string> {
  await openWords('phone', zh, () => import('../words/en/phone'), language);
  setLargeText(largeText);
  holdNow(Date.parse(view.at));
  const router = phoneRouter(createMemoryHistory());
  const app = createSSRApp(App).use(router).provide(FIRST_VIEW, view);
  await router.push('/');
  return renderToString(app);
}

// Language, text size and time are the page's own: one page is written at a time.
let last: Promise<unknown> = Promise.resolve();

const firstPage: FirstPage = {
  fairOfTheDay: fairOf,
  render(view, choice) {
    const written = last.then(() => write(view, choice));
    last = written.catch(() => undefined);
    return written;
  },
};
export default firstPage;
