import { createApp } from 'vue';
import { heedOtherTabs, restoreAccount, useAccountCredentials } from '../net/account';
import { reopenLive } from '../net/live';
import { openWords } from '../words';
import zh from '../words/zh/console';
import App from './App.vue';
import { router } from './router';
import { countWaiting } from './waiting-counts';
import 'element-plus/theme-chalk/base.css';
import '../style/base.css';
import './console.css';

useAccountCredentials();
heedOtherTabs(reopenLive);
void Promise.all([openWords('console', zh, () => import('../words/en/console')), restoreAccount()])
  .then(() => {
    createApp(App).use(router).mount('#app');
    countWaiting();
  });
