import { run } from '#libs/platform';
import { ApiModule } from './api.module.js';
import { firstStart } from './first-start.js';

await run(ApiModule, 'api', { firstStart });
