import { Module } from '@nestjs/common';
import { PlatformModule } from '#libs/platform';
import { RoomsModule } from '#libs/rooms';
import { Requests } from './handlers/requests.js';
import { LiveRooms } from './live-rooms.js';
import { MediaHandshake } from './media-handshake.js';
import { MediaNode } from './media-node.js';
import { MediaGateway } from './media.gateway.js';
import { NodeRegistration } from './node-registration.js';
import { Seats } from './seats.js';

/** What carries live media: the node, the rooms that it holds, and their signalling. */
@Module({
  imports: [PlatformModule, RoomsModule],
  providers: [LiveRooms, MediaGateway, MediaHandshake, MediaNode, NodeRegistration, Requests, Seats],
  exports: [LiveRooms, MediaNode],
})
export class MediaModule {}
