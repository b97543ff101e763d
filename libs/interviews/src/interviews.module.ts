import { Module } from '@nestjs/common';
import { BoothsModule } from '#libs/booths';
import { eventsModule } from '#libs/events';
import { FairsModule } from '#libs/fairs';
import { JobsModule } from '#libs/jobs';
import { RoomsModule } from '#libs/rooms';
import { TicketsModule } from '#libs/tickets';
import { Calling } from './calling.js';
import { AfterController } from './after.controller.js';
import { Criteria } from './criteria.js';
import { Decisions } from './decisions.js';
import { InterviewConduct } from './interview-conduct.js';
import { FairInterviewsController } from './fair-interviews.controller.js';
import { InterviewCounts } from './interview-counts.js';
import { InterviewFiles } from './interview-files.js';
import { InterviewJoining } from './interview-joining.js';
import { InterviewMessages } from './interview-messages.js';
import { InterviewReactors } from './interview-reactors.js';
import { InterviewReports } from './interview-report.js';
import { InterviewRights } from './interview-rights.js';
import { InterviewStates } from './interview-states.js';
import { InterviewViews } from './interview.view.js';
import { InterviewsController } from './interviews.controller.js';
import { Interviews } from './interviews.js';
import { MyInterviewsController } from './my-interviews.controller.js';
import { RecordingConsents } from './recording-consents.js';
import { ScoreSheets } from './score-sheets.js';
import { StationInterviewsController } from './station-interviews.controller.js';
import { StationInterviews } from './station-interviews.js';
import { queueing } from './queueing.js';
import { Queues } from './queues.js';

const meeting = [
  Criteria, Decisions, InterviewConduct, InterviewCounts, InterviewFiles, InterviewJoining, InterviewMessages, InterviewReactors, InterviewReports, InterviewRights, InterviewStates, InterviewViews,
  Interviews, RecordingConsents, ScoreSheets, StationInterviews,
];

/** 远程面试: queues, slots, interviews and what is decided in them. */
@Module({
  imports: [eventsModule, FairsModule, BoothsModule, JobsModule, RoomsModule, TicketsModule],
  controllers: [...queueing.controllers, InterviewsController, MyInterviewsController, AfterController, StationInterviewsController, FairInterviewsController],
  providers: [Calling, ...queueing.providers, ...meeting],
  exports: [InterviewCounts, Queues],
})
export class InterviewsModule {}
