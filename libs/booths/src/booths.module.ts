import { Module } from '@nestjs/common';
import { eventsModule } from '#libs/events';
import { FairsModule } from '#libs/fairs';
import { Booths } from './booths.js';

@Module({ imports: [eventsModule, FairsModule], providers: [Booths], exports: [Booths] })
export class BoothsModule {}
