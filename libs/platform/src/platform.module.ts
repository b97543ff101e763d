import { Global, Module } from '@nestjs/common';
import { Files } from './files/files.js';
import { Health } from './health/health.js';
import { Limits } from './limits/limits.js';
import { Log } from './logging/log.js';
import { Notify } from './notify/notify.js';
import { Keys } from './sealing/keys.js';
import { Seal } from './sealing/seal.js';
import { Timers } from './timers/timers.js';

const parts = [Files, Health, Keys, Limits, Log, Notify, Seal, Timers];

/** What every slice may inject without importing anything. `Settings` and `Database` come from the boot. */
@Global()
@Module({ providers: parts, exports: parts })
export class PlatformModule {}
