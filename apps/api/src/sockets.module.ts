import { Module } from '@nestjs/common';
import { eventsModule } from '#libs/events';
import { FairsModule } from '#libs/fairs';
import { InterviewsModule } from '#libs/interviews';
import { LiveModule } from '#libs/live';
import { CatchUp } from './catch-up.js';
import { EventsGateway } from './events.gateway.js';
import { Handshake } from './handshake.js';
import { Pictures } from './pictures.js';
import { SlowClients } from './slow-clients.js';
import { Topics } from './topics.js';

/** The sockets: facts, pictures and beats, down to whoever may see them. */
@Module({
  imports: [eventsModule, FairsModule, InterviewsModule, LiveModule],
  providers: [CatchUp, EventsGateway, Handshake, Pictures, SlowClients, Topics],
})
export class SocketsModule {}
