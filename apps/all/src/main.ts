import { Module } from '@nestjs/common';
import { run } from '#libs/platform';
import { MediaModule } from '../../media/src/media.module.js';

/** Everything in one process: what `npm start` runs. */
@Module({ imports: [MediaModule] })
class AllModule {}

await run(AllModule, 'all');
