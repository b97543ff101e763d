import { createApp } from 'vue';
import { restoreAccount, useAccountCredentials } from '../net/account';
import { keepOffline } from '../net/offline';
import { restoreTextSize } from '../parts/text-size';
import { openWords } from '../words';
import zh from '../words/zh/phone';
import App from './App.vue';
import { router } from './router';
import '../style/base.css';

useAccountCredentials();
restoreTextSize();
void restoreAccount(); // the page does not wait for it: `accountKnown` tells when it is done
void openWords('phone', zh, () => import('../words/en/phone')).then(() => createApp(App).use(router).mount('#app'));
// After the first view: the kept pages must not compete with it for a slow line.
addEventListener('load', () => setTimeout(() => void keepOffline('/sw.js', '/'), 3000));
