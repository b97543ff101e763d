import { Module } from '@nestjs/common';
import { BoothsModule } from '#libs/booths';
import { FairsModule } from '#libs/fairs';
import { InsightsModule } from '#libs/insights';
import { JobsModule } from '#libs/jobs';
import { LiveModule } from '#libs/live';
import { builtFirstPage, FIRST_PAGE, FirstPages } from './first-pages.js';
import { HomeView } from './home-view.js';
import { PageHeads } from './page-heads.js';
import { Pages } from './pages.js';
import { builtPages, WEB_FOLDER, WebFiles } from './web-files.js';

/** What a browser is given: the built pages, and what public pages say of themselves. */
@Module({
  imports: [BoothsModule, FairsModule, InsightsModule, JobsModule, LiveModule],
  providers: [
    FirstPages, HomeView, PageHeads, Pages, WebFiles,
    { provide: FIRST_PAGE, useValue: builtFirstPage }, { provide: WEB_FOLDER, useValue: builtPages },
  ],
})
export class PagesModule {}
