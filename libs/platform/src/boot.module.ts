import type { DynamicModule } from '@nestjs/common';
import { Settings } from './config/settings.js';
import { Database } from './database/database.js';

class BootModule {}

/** Gives everybody the settings and the database that were made before Nest started. Once a process: `run` does it. */
export function bootModule(settings: Settings, database: Database): DynamicModule {
  const providers = [{ provide: Settings, useValue: settings }, { provide: Database, useValue: database }];
  return { module: BootModule, global: true, providers, exports: providers };
}
