import { Module } from '@nestjs/common';
import { BoothsModule } from '#libs/booths';
import { eventsModule } from '#libs/events';
import { FairsModule } from '#libs/fairs';
import { JobsModule } from '#libs/jobs';
import { RoomsModule } from '#libs/rooms';
import { Airing } from './airing.js';
import { BroadcastTimers } from './broadcast-timers.js';
import { BroadcastViews } from './broadcast.view.js';
import { Broadcasts } from './broadcasts.js';
import { BroadcastsController } from './broadcasts.controller.js';
import { Cards } from './cards.js';
import { Chat } from './chat.js';
import { ChatController } from './chat.controller.js';
import { Complaints } from './complaints.js';
import { ComplaintsController } from './complaints.controller.js';
import { HeldWords } from './held-words.js';
import { Joining } from './joining.js';
import { Likes } from './likes.js';
import { Keeping } from './keeping.js';
import { LiveReactors } from './live-reactors.js';
import { LiveRights } from './live-rights.js';
import { Moderating } from './moderating.js';
import { Reminders } from './reminders.js';
import { Replays } from './replays.js';
import { Sanctions } from './sanctions.js';
import { Scheduling } from './scheduling.js';
import { ShowController } from './show.controller.js';
import { Stage } from './stage.js';
import { States } from './states.js';
import { Timelines } from './timelines.js';
import { Tour } from './tour.js';
import { ViewerCounts } from './viewer-counts.js';
import { ViewerProcesses } from './viewer-processes.js';

const offered = [Airing, Broadcasts, Cards, Chat, Moderating, Scheduling, Stage];

/** 直播带岗: broadcasts from a booth, with chat, cards, a stage and a replay. */
@Module({
  imports: [eventsModule, FairsModule, BoothsModule, JobsModule, RoomsModule],
  controllers: [BroadcastsController, ChatController, ComplaintsController, ShowController],
  providers: [
    ...offered, BroadcastTimers, BroadcastViews, Complaints, HeldWords, Joining, Keeping, Likes, LiveReactors, LiveRights, Reminders, Replays, Sanctions, States, Timelines, Tour, ViewerCounts, ViewerProcesses,
  ],
  exports: offered,
})
export class LiveModule {}
