import { createApp } from 'vue';
import { restoreTextSize } from '../parts/text-size';
import { openWords } from '../words';
import zh from '../words/zh/gate';
import App from './App.vue';
import { restoreDevice } from './device';
import { router } from './router';
import { keepScanner } from './update';
import '../style/base.css';

restoreTextSize();
void openWords('gate', zh, () => import('../words/en/gate')).then(restoreDevice).then(() => createApp(App).use(router).mount('#app'));
void keepScanner(); // at once: a scanner must survive the next loss of network
