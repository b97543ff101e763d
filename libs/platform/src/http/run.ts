import { mkdirSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import type { Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Express } from 'express';
import { bootModule } from '../boot.module.js';
import { settingsOfThisProcess } from '../config/load-settings.js';
import { SettingsRefused } from '../config/settings-refused.js';
import type { ProcessRole, Settings } from '../config/settings.js';
import type { Database } from '../database/database.js';
import { openDatabase } from '../database/open.js';
import { Health } from '../health/health.js';
import { Log, setLogLevel } from '../logging/log.js';
import { nestLog } from '../logging/nest-log.js';
import { PlatformModule } from '../platform.module.js';
import { serverCertificate, type ServerCertificate } from '../tls/certificate.js';
import { addressesOf, hallAddresses } from './addresses.js';
import { answerClientErrors } from './client-error.js';
import { configureHttp } from './configure.js';
import { Ending } from './ending.js';
import { firstLines, type FirstStart } from './first-start.js';

/** Longer than a proxy in front keeps its end open (60 s), so that it never sends into a connection that is just closing. */
const KEEP_ALIVE_MS = 75_000;

class Root {}

export interface RunOptions {
  /** Called once the application is made and before it starts: socket adapters, pages. */
  prepare?(app: NestExpressApplication): void | Promise<void>;
  /** What is done on an empty database; without it nothing is. */
  firstStart?(app: NestExpressApplication): FirstStart;
}

/** A module that is loaded while the database starts; bad settings are then refused before anything is loaded. */
export interface Loading {
  load(): Promise<RunOptions & { module: Type }>;
}

/**
 * Boots a process: settings, database, TLS, HTTP; prints where it is. A process that cannot work says why, each reason in a
 * sentence, and ends with exit code 1. SIGINT, SIGTERM and SIGHUP end it in order, with code 0.
 * @param what it consists of: a module, or how it is loaded
 * @param role the main that was started
 */
export async function run(what: Type | Loading, role: ProcessRole, given: RunOptions = {}): Promise<void> {
  const ending = new Ending();
  try {
    const settings = settingsOfThisProcess(role);
    setLogLevel(settings.logLevel);
    mkdirSync(settings.dataDir, { recursive: true }); // open to PostgreSQL's user; what is secret in it is closed by itself
    if (settings.lan) settings.announcedAddress = hallAddresses(settings).at(0) ?? settings.announcedAddress;
    const certificate = await serverCertificate(settings);
    const opening = openDatabase(settings, (error) => void ending.failed([error.message]));
    // Also when the end is asked for before it is open.
    ending.add('database', () => opening.then((opened) => opened.close(), () => undefined));
    const loading: ReturnType<Loading['load']> = 'load' in what ? what.load() : Promise.resolve({ module: what, ...given });
    loading.catch(() => undefined); // it is awaited below, once the database can be closed again
    const opened = await opening;
    const { module, ...options } = await loading;
    const app = await makeApp(module, settings, opened.database, certificate);
    ending.add('application', () => app.close());
    await options.prepare?.(app);
    let started = false;
    app.get(Health).register('start', () => Promise.resolve({ ok: started }));
    await listen(app, settings, certificate);
    const lines = [...(await help(settings, certificate, ending)), ...(await firstLines(options.firstStart?.(app), settings, opened.embedded))];
    started = true;
    console.log([`Fairwind is ready in ${process.uptime().toFixed(1)} s: ${settings.addresses.join('  ')}`, ...lines].join('\n'));
  } catch (error) {
    if (!(error instanceof SettingsRefused)) Log.named('run').error({ err: error }, 'The start failed.');
    await ending.failed(error instanceof SettingsRefused ? error.reasons : [error instanceof Error ? error.message : String(error)]);
  }
}

/** The application as `run` makes it, not yet listening. */
async function makeApp(module: Type, settings: Settings, database: Database, certificate: ServerCertificate | null): Promise<NestExpressApplication> {
  const root = { module: Root, imports: [bootModule(settings, database), PlatformModule, module] };
  const app = await NestFactory.create<NestExpressApplication>(root, {
    logger: nestLog,
    abortOnError: false,
    bodyParser: false,
    forceCloseConnections: true,
    ...(certificate && { httpsOptions: { key: certificate.key, cert: certificate.cert } }),
  });
  configureHttp(app, settings);
  if (certificate?.authority) {
    const { serveInstall } = await import('../tls/serve-install.js');
    serveInstall(app.getHttpAdapter().getInstance() as Express, certificate.authority, () => '/');
  }
  const server = app.getHttpServer();
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.headersTimeout = KEEP_ALIVE_MS + 5_000;
  answerClientErrors(server);
  return app;
}

async function listen(app: NestExpressApplication, settings: Settings, certificate: ServerCertificate | null): Promise<void> {
  try {
    await (settings.host === null ? app.listen(settings.port) : app.listen(settings.port, settings.host));
  } catch (error) {
    throw listenFailure(error, settings.port, 'PORT');
  }
  settings.port = (app.getHttpServer().address() as AddressInfo).port;
  settings.addresses = addressesOf(settings, certificate !== null, settings.port);
}

function listenFailure(error: unknown, port: number, setting: string): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') return new SettingsRefused([`Port ${port} is taken by another program: stop that one, or set ${setting} to another.`]);
  if (code === 'EACCES') return new SettingsRefused([`This user may not listen on port ${port}: set ${setting} to one above 1023.`]);
  return error;
}

/** With a certificate of our own: the plain server that explains it, and the lines that say where it is. */
async function help(settings: Settings, certificate: ServerCertificate | null, ending: Ending): Promise<string[]> {
  if (!certificate?.authority) return [];
  const { startHelpServer } = await import('../tls/serve-install.js');
  const wanted = settings.helpPort ?? (settings.port === 443 ? 80 : settings.port + 1);
  const server = await startHelpServer(wanted, settings.host, () => settings.port, certificate.authority).catch((error: unknown) => {
    throw listenFailure(error, wanted, 'FAIRWIND_HELP_PORT');
  });
  ending.add('certificate page', () => new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  }));
  const { port } = server.address() as AddressInfo;
  const hosts = addressesOf({ ...settings, publicUrl: null }, true, settings.port).map((address) => new URL(address).hostname);
  const places = hosts.filter((host) => host !== 'localhost' || hosts.length === 1).map((host) => `http://${host}:${port}/install-certificate`);
  return [`Once on each phone, before its first visit (手机首次使用先装证书): ${places.join('  ')}`, `Fingerprint (指纹): ${certificate.authority.fingerprint}`];
}
