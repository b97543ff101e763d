import { createApp, createSSRApp } from 'vue';
import { createWebHistory } from 'vue-router';
import { heedOtherTabs, restoreAccount, useAccountCredentials } from '../net/account';
import { keepOffline } from '../net/offline';
import { holdNow, letNowRun } from '../parts/now';
import { restoreTextSize, largeText } from '../parts/text-size';
import { openWords, place, t } from '../words';
import zh from '../words/zh/phone';
import App from './App.vue';
import { openTabsSoon, phoneRouter } from './router';
import { refreshApplications } from './state/applications';
import { FIRST_VIEW, servedView } from './state/first-view';
import { idle } from './state/idle';
import { reopenLine } from './state/line';
import { notice } from './state/notice';
import { startOutbox, whenSent } from './state/outbox';
import { watchReach, whenBack } from './state/reach';
import { chosenRegion } from './state/regions';
import { resume } from './state/sign-in';
import '../style/base.css';
import './phone.css';

useAccountCredentials();
restoreTextSize();
watchReach();
heedOtherTabs(reopenLine);
void restoreAccount(); // the page does not wait for it: `accountKnown` tells when it is done
void openWords('phone', zh, () => import('../words/en/phone')).then(open);

/**
 * Puts the application into the page. A first page that the server wrote is taken over element by element, where it is
 * written as this reader wants it; else it stands until the application's own takes its place, in one step.
 */
async function open(): Promise<void> {
  const page = document.getElementById('app')!;
  const view = location.pathname === '/' ? servedView() : null;
  const asWanted = page.dataset.served === `${place.language} ${largeText.value ? 'large' : 'normal'}`
    && !chosenRegion.value && !new URLSearchParams(location.search).has('open');
  const router = phoneRouter(createWebHistory('/'));
  const app = (view && asWanted ? createSSRApp : createApp)(App).use(router).provide(FIRST_VIEW, view);
  if (view) {
    holdNow(Date.parse(view.at));
    await router.isReady();
  }
  app.mount(page);
  letNowRun();
  await idle();
  void openTabsSoon();
  whenBack(() => void resume());
  whenSent(sent => {
    notice(t('phone.outbox.wentOut', { what: sent.title }));
    refreshApplications().catch((error: unknown) => console.warn('Applications:', error));
  });
  startOutbox();
}

// After the first view: the kept pages must not compete with it for a slow line.
addEventListener('load', () => setTimeout(() => void keepOffline('/sw.js', '/'), 3000));
