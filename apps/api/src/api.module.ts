import { Module } from '@nestjs/common';
import { AttendanceModule } from '#libs/attendance';
import { BoothsModule } from '#libs/booths';
import { eventsModule } from '#libs/events';
import { FairsModule } from '#libs/fairs';
import { IdentityModule } from '#libs/identity';
import { InsightsModule } from '#libs/insights';
import { InterviewsModule } from '#libs/interviews';
import { JobsModule } from '#libs/jobs';
import { LiveModule } from '#libs/live';
import { TicketsModule } from '#libs/tickets';
import { SocketsModule } from './sockets.module.js';
import { PagesModule } from './pages.module.js';

/** What serves people: every slice, the sockets and the pages. */
@Module({
  imports: [
    eventsModule,
    IdentityModule,
    FairsModule,
    JobsModule,
    BoothsModule,
    TicketsModule,
    AttendanceModule,
    LiveModule,
    InterviewsModule,
    InsightsModule,
    SocketsModule,
    PagesModule,
  ],
})
export class ApiModule {}
