import { createApp } from 'vue';
import { restoreAccount, useAccountCredentials } from '../net/account';
import { keepOffline } from '../net/offline';
import { restoreTextSize } from '../parts/text-size';
import { openWords, t } from '../words';
import zh from '../words/zh/phone';
import App from './App.vue';
import { router } from './router';
import { refreshApplications } from './state/applications';
import { notice } from './state/notice';
import { startOutbox, whenSent } from './state/outbox';
import { watchReach, whenBack } from './state/reach';
import { resume } from './state/sign-in';
import '../style/base.css';
import './phone.css';

useAccountCredentials();
restoreTextSize();
watchReach();
void restoreAccount(); // the page does not wait for it: `accountKnown` tells when it is done
whenBack(() => void resume());
whenSent(sent => {
  notice(t('phone.outbox.wentOut', { what: sent.title }));
  refreshApplications().catch((error: unknown) => console.warn('Applications:', error));
});
startOutbox();
void openWords('phone', zh, () => import('../words/en/phone')).then(() => createApp(App).use(router).mount('#app'));
// After the first view: the kept pages must not compete with it for a slow line.
addEventListener('load', () => setTimeout(() => void keepOffline('/sw.js', '/'), 3000));
