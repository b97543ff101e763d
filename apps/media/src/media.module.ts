import { Module } from '@nestjs/common';
import { PlatformModule } from '#libs/platform';
import { RoomsModule } from '#libs/rooms';
import { Requests } from './handlers/requests.js';
import { HlsController } from './hls/hls.controller.js';
import { Hls } from './hls/hls.js';
import { LiveRooms } from './live-rooms.js';
import { MediaHandshake } from './media-handshake.js';
import { MediaNode } from './media-node.js';
import { MediaGateway } from './media.gateway.js';
import { NodeRegistration } from './node-registration.js';
import { RateWatch } from './rate-watch.js';
import { Recorders } from './recording/recorders.js';
import { Seats } from './seats.js';
import { Sessions } from './whip/sessions.js';
import { WhepController } from './whip/whep.controller.js';
import { Whep } from './whip/whep.js';
import { WhipController } from './whip/whip.controller.js';
import { Whip } from './whip/whip.js';

/** What carries live media: the node, the rooms that it holds, and their signalling. */
@Module({
  imports: [PlatformModule, RoomsModule],
  controllers: [HlsController, WhipController, WhepController],
  providers: [LiveRooms, MediaGateway, MediaHandshake, MediaNode, NodeRegistration, RateWatch, Recorders, Requests, Seats, Sessions, Hls, Whip, Whep],
  exports: [LiveRooms, MediaNode],
})
export class MediaModule {}
