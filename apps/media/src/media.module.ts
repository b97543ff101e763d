import { Module } from '@nestjs/common';
import { PlatformModule } from '#libs/platform';
import { MediaNode } from './media-node.js';

/** What carries live media. Rooms and signalling join it with the live broadcasts. */
@Module({ imports: [PlatformModule], providers: [MediaNode], exports: [MediaNode] })
export class MediaModule {}
