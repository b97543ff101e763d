import { Module } from '@nestjs/common';
import { eventsModule } from '#libs/events';
import { FairsModule } from '#libs/fairs';
import { ApplicantExport } from './applicant-export.js';
import { ApplicantsService } from './applicants.service.js';
import { ApplicationRights } from './application-rights.js';
import { ApplicantsController, ApplicationsController } from './applications.controller.js';
import { ApplicationsService } from './applications.service.js';
import { FairJobsService } from './fair-jobs.service.js';
import { JobCounts } from './job-counts.js';
import { JobSearch } from './job-search.js';
import { JobViews } from './job.view.js';
import { Jobs } from './jobs.js';
import { JobsController } from './jobs.controller.js';
import { JobsService } from './jobs.service.js';
import { Stands } from './stands.js';

/** Jobs and applications. Booths, which lie above, register where employers stand. */
@Module({
  imports: [eventsModule, FairsModule],
  controllers: [ApplicantsController, ApplicationsController, JobsController],
  providers: [
    ApplicantExport, ApplicantsService, ApplicationRights, ApplicationsService, FairJobsService, JobCounts, JobSearch, JobViews, Jobs, JobsService, Stands,
  ],
  exports: [ApplicationsService, ApplicantsService, FairJobsService, Jobs, JobSearch, JobsService, JobViews, Stands],
})
export class JobsModule {}
