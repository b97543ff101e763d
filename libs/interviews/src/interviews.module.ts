import { Module } from '@nestjs/common';
import { BoothsModule } from '#libs/booths';
import { eventsModule } from '#libs/events';
import { FairsModule } from '#libs/fairs';
import { JobsModule } from '#libs/jobs';
import { RoomsModule } from '#libs/rooms';
import { Calling } from './calling.js';
import { InterviewStates } from './interview-states.js';
import { Interviews } from './interviews.js';
import { Queues } from './queues.js';
import { StationPeople } from './station-people.js';

const queueing = [StationPeople];
const meeting = [Interviews, InterviewStates];

/** 远程面试: queues, slots, interviews and what is decided in them. */
@Module({
  imports: [eventsModule, FairsModule, BoothsModule, JobsModule, RoomsModule],
  providers: [Calling, Queues, ...queueing, ...meeting],
  exports: [Queues],
})
export class InterviewsModule {}
