import { Module } from '@nestjs/common';
import { BoothsModule } from '#libs/booths';
import { FairsModule } from '#libs/fairs';
import { JobsModule } from '#libs/jobs';
import { PageHeads } from './page-heads.js';
import { Pages } from './pages.js';
import { builtPages, WEB_FOLDER, WebFiles } from './web-files.js';

/** What a browser is given: the built pages, and what public pages say of themselves. */
@Module({
  imports: [BoothsModule, FairsModule, JobsModule],
  providers: [PageHeads, Pages, WebFiles, { provide: WEB_FOLDER, useValue: builtPages }],
})
export class PagesModule {}
