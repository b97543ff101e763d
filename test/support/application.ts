import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import type { ModuleMetadata } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import { bootModule, configureHttp, PlatformModule, Settings } from '../../libs/platform/src/index.js';
import { testDatabase, type TestDatabase } from './database.js';

/** An application that listens, over a database of its own. */
export interface TestApplication extends Omit<TestDatabase, 'url'> {
  app: NestExpressApplication;
  settings: Settings;
  databaseUrl: string;
  /** Such as `http://127.0.0.1:41234`. */
  url: string;
}

/**
 * Boots an application as `run` does, with its pipes, filter, headers and documents, on a free port of this machine.
 * @param metadata what it consists of
 * @param settings what differs from the defaults
 * @param prepare called before it listens, as `run`'s
 */
export async function testApplication(
  metadata: ModuleMetadata,
  settings: Partial<Settings> = {},
  prepare?: (app: NestExpressApplication) => void | Promise<void>,
): Promise<TestApplication> {
  const { database, url: databaseUrl, close: closeDatabase } = await testDatabase();
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'fairwind-data-'));
  const whole = Object.assign(new Settings(), { dataDir, port: 0, host: '127.0.0.1', logLevel: 'error' }, settings);
  const module = await Test.createTestingModule({
    ...metadata,
    imports: [bootModule(whole, database), PlatformModule, ...(metadata.imports ?? [])],
  }).compile();
  const app = module.createNestApplication<NestExpressApplication>({ bodyParser: false, logger: false, forceCloseConnections: true });
  configureHttp(app, whole);
  await prepare?.(app);
  await app.listen(0, '127.0.0.1');
  whole.port = (app.getHttpServer().address() as AddressInfo).port;
  const url = `http://127.0.0.1:${whole.port}`;
  whole.addresses = [url];
  const close = async () => {
    await app.close();
    await closeDatabase();
    rmSync(dataDir, { recursive: true, force: true });
  };
  return { app, settings: whole, database, databaseUrl, url, close };
}
