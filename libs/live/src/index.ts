export { Airing } from './airing.js';
export { Broadcasts, type BroadcastRow } from './broadcasts.js';
export { Cards } from './cards.js';
export { Chat } from './chat.js';
export { LiveModule } from './live.module.js';
export { Moderating } from './moderating.js';
export { Scheduling } from './scheduling.js';
export { Stage } from './stage.js';
