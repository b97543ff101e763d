import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { ModuleMetadata } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import { bootModule, Database, PlatformModule, Settings } from '../../libs/platform/src/index.js';
import { testDatabase, type TestDatabase } from './database.js';

/** A Nest module over a database of its own. */
export interface TestModule extends TestDatabase {
  module: TestingModule;
  settings: Settings;
}

/**
 * Builds and initialises a module with the platform, a real database and a DATA_DIR of its own:
 * `const testing = await testModule({ imports: [eventsModule], providers: [Fairs] }); testing.module.get(Fairs)`.
 * @param metadata what the test is about
 * @param settings what differs from the defaults
 * @param beside another's database and folder, over connections of its own, as a second process has them; closed before the other
 */
export async function testModule(metadata: ModuleMetadata, settings: Partial<Settings> = {}, beside?: TestModule): Promise<TestModule> {
  const testing = beside ? besideDatabase(beside) : await testDatabase();
  const dataDir = beside?.settings.dataDir ?? mkdtempSync(path.join(os.tmpdir(), 'fairwind-data-'));
  const whole = Object.assign(new Settings(), { dataDir, port: 0, logLevel: 'error' }, settings);
  const module = await Test.createTestingModule({
    ...metadata,
    imports: [bootModule(whole, testing.database), PlatformModule, ...(metadata.imports ?? [])],
  }).compile();
  module.enableShutdownHooks([]);
  await module.init();
  const close = async () => {
    await module.close();
    await testing.close();
    if (!beside) rmSync(dataDir, { recursive: true, force: true });
  };
  return { ...testing, module, settings: whole, close };
}

function besideDatabase({ url }: TestDatabase): TestDatabase {
  const database = new Database({ url, connections: 10 });
  return { url, database, close: () => database.close() };
}
