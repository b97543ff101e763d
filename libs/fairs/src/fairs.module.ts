import { Module } from '@nestjs/common';
import { eventsModule } from '#libs/events';
import { Calendar } from './calendar.js';
import { ClonesService } from './clones.service.js';
import { FairCounts } from './fair-counts.js';
import { FairList } from './fair-list.js';
import { FairViews } from './fair.view.js';
import { Fairs } from './fairs.js';
import { FairsController } from './fairs.controller.js';
import { FairsService } from './fairs.service.js';
import { TemplatesService } from './templates.service.js';
import { ZonesService } from './zones.service.js';

/** Fairs with their zones and agenda. Organisations come from the identity module, which is global. */
@Module({
  imports: [eventsModule],
  controllers: [FairsController],
  providers: [Calendar, ClonesService, FairCounts, FairList, FairViews, Fairs, FairsService, TemplatesService, ZonesService],
  exports: [ClonesService, FairCounts, FairList, Fairs, FairsService, TemplatesService, ZonesService],
})
export class FairsModule {}
