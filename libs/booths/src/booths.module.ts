import { Module } from '@nestjs/common';
import { eventsModule } from '#libs/events';
import { FairsModule } from '#libs/fairs';
import { JobsModule } from '#libs/jobs';
import { BoothApplicationsService } from './booth-applications.service.js';
import { BoothViews } from './booth.view.js';
import { Booths } from './booths.js';
import { BoothApplicationsController, BoothsController, LeadsController } from './booths.controller.js';
import { LeadsService } from './leads.service.js';
import { PlacementService } from './placement.service.js';

/** Booths, applications for them, and the contacts left there. */
@Module({
  imports: [eventsModule, FairsModule, JobsModule],
  controllers: [BoothApplicationsController, BoothsController, LeadsController],
  providers: [BoothApplicationsService, BoothViews, Booths, LeadsService, PlacementService],
  exports: [BoothApplicationsService, BoothViews, Booths, LeadsService, PlacementService],
})
export class BoothsModule {}
