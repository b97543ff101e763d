import { createApp } from 'vue';
import { restoreAccount, useAccountCredentials } from '../net/account';
import { openWords } from '../words';
import zh from '../words/zh/screen';
import App from './App.vue';
import { router } from './router';
import '../style/base.css';

useAccountCredentials();
void restoreAccount();
void openWords('screen', zh, () => import('../words/en/screen')).then(() => createApp(App).use(router).mount('#app'));
