import { Module } from '@nestjs/common';
import { AttendanceModule } from '#libs/attendance';
import { BoothsModule } from '#libs/booths';
import { eventsModule } from '#libs/events';
import { FairsModule } from '#libs/fairs';
import { InterviewsModule } from '#libs/interviews';
import { AlertsProjector } from './alerts.projector.js';
import { Dashboard } from './dashboard.js';
import { FairClocks } from './fair-clocks.js';
import { ForecastAlarms } from './forecast.alarms.js';
import { ForecastProjector } from './forecast.projector.js';
import { FeedLines } from './feed-lines.js';
import { InsightsController } from './insights.controller.js';
import { Names } from './names.js';
import { SnapshotSources } from './snapshot-sources.js';
import { TotalsProjector } from './totals.projector.js';

@Module({
  imports: [eventsModule, FairsModule, BoothsModule, AttendanceModule, InterviewsModule],
  controllers: [InsightsController],
  providers: [AlertsProjector, Dashboard, FairClocks, FeedLines, ForecastAlarms, ForecastProjector, Names, SnapshotSources, TotalsProjector],
  exports: [Dashboard],
})
export class InsightsModule {}
