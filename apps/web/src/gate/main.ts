import { createApp } from 'vue';
import { keepOffline } from '../net/offline';
import { restoreTextSize } from '../parts/text-size';
import { openWords } from '../words';
import zh from '../words/zh/gate';
import App from './App.vue';
import { restoreDevice } from './device';
import { router } from './router';
import '../style/base.css';

restoreTextSize();
void openWords('gate', zh, () => import('../words/en/gate')).then(restoreDevice).then(() => createApp(App).use(router).mount('#app'));
void keepOffline('/gate/sw.js', '/gate/'); // at once: a scanner must survive the next loss of network
