import { Module, type Type } from '@nestjs/common';
import { run } from '#libs/platform';

/** Everything in one process: what `npm start` runs. It is loaded while the database starts. */
async function load() {
  const [{ ApiModule }, { firstStart }, { MediaModule }] = await Promise.all([
    import('../../api/src/api.module.js'),
    import('../../api/src/first-start.js'),
    import('../../media/src/media.module.js'),
  ]);
  @Module({ imports: [ApiModule, MediaModule] })
  class AllModule {}
  return { module: AllModule as Type, firstStart };
}

await run({ load }, 'all');
