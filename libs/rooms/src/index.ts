export { IceServers } from './ice-servers.js';
export { MediaNodes, nodeDeadAfter, type HeldEpoch, type NodeReport } from './media-nodes.js';
export type { Holder } from './placing.js';
export { Recordings, RECORDINGS, type NewSegment } from './recordings.js';
export { RoomHolding, type HeldRoom, type RoomListener, type Taking } from './room-holding.js';
export { RoomKeys, type KeyHolder } from './room-keys.js';
export { roomTokenSeconds, RoomTokens, type RoomBearer, type RoomEntry } from './room-tokens.js';
export { RoomsModule } from './rooms.module.js';
export { Rooms, type NewRoom, type TakenSources } from './rooms.js';
