/** So many dashboards in a process of their own: real socket.io clients that watch one desk. Arguments: address, token, fair, how many. */
import { io } from 'socket.io-client';

const [url = '', token = '', fairId = '', count = '1'] = process.argv.slice(2);
interface Picture { data: { entered: number; left: number } }
/** What a dashboard was shown: passages so far, and when, milliseconds since 1970. */
const shown: { passages: number; at: number }[][] = [];

await Promise.all(Array.from({ length: Number(count) }, () => new Promise<void>((resolve, reject) => {
  const pictures: { passages: number; at: number }[] = [];
  shown.push(pictures);
  const socket = io(url, { auth: { token }, transports: ['websocket'], forceNew: true });
  socket.on('connect_error', reject);
  const show = ({ data }: Picture) => pictures.push({ passages: data.entered + data.left, at: performance.timeOrigin + performance.now() });
  socket.on('snapshot', show);
  socket.on('connect', () => socket.emit('subscribe', { topic: { kind: 'desk', id: fairId } }, (answer: { ok: boolean; data?: { snapshot: Picture | null } }) => {
    if (!answer.ok) return reject(new Error(JSON.stringify(answer)));
    if (answer.data?.snapshot) show(answer.data.snapshot);
    resolve();
  }));
})));
/** `seen`: says so when every dashboard counts so many passages. `report`: what each was shown, and the end. */
process.on('message', (asked: { seen: number } | 'report') => {
  if (asked === 'report') return void process.send!({ shown }, () => process.exit(0));
  const look = setInterval(() => {
    if (!shown.every((pictures) => (pictures.at(-1)?.passages ?? -1) >= asked.seen)) return;
    clearInterval(look);
    process.send!({ seen: asked.seen });
  }, 20);
});
process.send!({ ready: true });
