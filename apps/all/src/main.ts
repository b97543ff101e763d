import { Module } from '@nestjs/common';
import { run } from '#libs/platform';
import { ApiModule } from '../../api/src/api.module.js';
import { firstStart } from '../../api/src/first-start.js';
import { MediaModule } from '../../media/src/media.module.js';

/** Everything in one process: what `npm start` runs. */
@Module({ imports: [ApiModule, MediaModule] })
class AllModule {}

await run(AllModule, 'all', { firstStart });
