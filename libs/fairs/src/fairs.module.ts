import { Module } from '@nestjs/common';
import { eventsModule } from '#libs/events';
import { Fairs } from './fairs.js';

@Module({ imports: [eventsModule], providers: [Fairs], exports: [Fairs] })
export class FairsModule {}
