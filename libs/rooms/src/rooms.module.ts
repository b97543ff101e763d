import { Module } from '@nestjs/common';
import { eventsModule } from '#libs/events';
import { IceServers } from './ice-servers.js';
import { MediaNodes } from './media-nodes.js';
import { NodeWatch } from './node-watch.js';
import { Placing } from './placing.js';
import { Recordings } from './recordings.js';
import { RoomHolding } from './room-holding.js';
import { RoomKeys } from './room-keys.js';
import { RoomTokens } from './room-tokens.js';
import { Rooms } from './rooms.js';

const offered = [IceServers, MediaNodes, Recordings, RoomHolding, RoomKeys, RoomTokens, Rooms];

@Module({
  imports: [eventsModule],
  providers: [...offered, NodeWatch, Placing],
  exports: offered,
})
export class RoomsModule {}
