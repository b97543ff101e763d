import { createApp } from 'vue';
import { createRouter, createWebHashHistory } from 'vue-router';
import { restoreTextSize, setLargeText } from '../parts/text-size';
import { openWords } from '../words';
import zh from '../words/zh/phone';
import Gallery from './Gallery.vue';
import '../style/base.css';

// ?surface=phone|desk|wall &text=large &lang=en &part=verdict-in|verdict-out
const wish = new URLSearchParams(location.search);
document.documentElement.dataset.surface = wish.get('surface') ?? 'phone';
restoreTextSize();
setLargeText(wish.get('text') === 'large');
const router = createRouter({ history: createWebHashHistory(), routes: [{ path: '/:rest(.*)*', component: Gallery }] });
void openWords('phone', zh, () => import('../words/en/phone')).then(() => createApp(Gallery).use(router).mount('#app'));
