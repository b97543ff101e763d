import { run } from '#libs/platform';
import { ApiModule } from './api.module.js';

await run(ApiModule, 'api');
