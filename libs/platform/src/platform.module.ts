import { Global, Module } from '@nestjs/common';
import { Settings } from './config/settings.js';
import { Files } from './files/files.js';
import { Health } from './health/health.js';
import { AheadRoutes } from './http/ahead-routes.js';
import { Limits } from './limits/limits.js';
import { Log } from './logging/log.js';
import { Notify } from './notify/notify.js';
import { SmsHttp } from './notify/sms-http.js';
import { SmsLog } from './notify/sms-log.js';
import { SmsPort } from './notify/sms-port.js';
import { Keys } from './sealing/keys.js';
import { Seal } from './sealing/seal.js';
import { Timers } from './timers/timers.js';

const sms = {
  provide: SmsPort,
  useFactory: (settings: Settings): SmsPort => (settings.smsUrl === null ? new SmsLog() : new SmsHttp(settings, settings.smsUrl)),
  inject: [Settings],
};
const parts = [AheadRoutes, Files, Health, Keys, Limits, Log, Notify, Seal, Timers];

/** What every slice may inject without importing anything. `Settings` and `Database` come from the boot. */
@Global()
@Module({ providers: [...parts, sms], exports: parts })
export class PlatformModule {}
