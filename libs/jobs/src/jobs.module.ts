import { Module } from '@nestjs/common';
import { eventsModule } from '#libs/events';
import { BoothsModule } from '#libs/booths';
import { FairsModule } from '#libs/fairs';
import { Jobs } from './jobs.js';

@Module({ imports: [eventsModule, FairsModule, BoothsModule], providers: [Jobs], exports: [Jobs] })
export class JobsModule {}
