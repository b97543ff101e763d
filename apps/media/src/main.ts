import { run } from '#libs/platform';
import { MediaModule } from './media.module.js';

await run(MediaModule, 'media');
