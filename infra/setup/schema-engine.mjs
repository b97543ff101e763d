#!/usr/bin/env node
// Prisma's schema engine without its download. The Prisma CLI starts a native program and speaks JSON-RPC with it over
// stdin and stdout; this is that program, over @prisma/schema-engine-wasm (the same engine) and adapter-pg. The CLI finds
// it through PRISMA_SCHEMA_ENGINE_BINARY, which prisma.config.ts sets unless somebody has set it before.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import readline from 'node:readline';
import { parseArgs } from 'node:util';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import { connectionFault, createDatabase, databaseFactory } from './schema-engine-database.mjs';
import { SCRATCH_HOST, startScratchDatabase } from './scratch-database.mjs';

/** JSON-RPC's number for "the engine refused"; the CLI reads the reason in `data`. */
const REFUSED = 4466;
/** Names that differ between the protocol and the wasm build. @type {Record<string, string>} */
const RENAMED = { getDatabaseVersion: 'version' };
/** 7.10's wasm gives these no shadow database: they need what devDiagnostic leaves in its cache. */
const AFTER_DIAGNOSIS = ['evaluateDataLoss', 'createMigration'];

const { values, positionals } = parseArgs({
  args: process.argv.slice(2),
  allowPositionals: true,
  strict: false,
  options: {
    datamodels: { type: 'string', multiple: true },
    datasource: { type: 'string' },
    'enabled-preview-features': { type: 'string' },
    'extension-types': { type: 'string' },
    version: { type: 'boolean' },
  },
});
/** @type {{ url?: string, shadowDatabaseUrl?: string }} */
const datasource = values.datasource ? JSON.parse(String(values.datasource)) : {};
const configured = datasource.url || `postgresql://${SCRATCH_HOST}/fairwind`;

/** @type {Promise<string> | undefined} */
let scratch;
/** @returns {Promise<string>} the database's address; the first who asks without one of their own starts a scratch one */
async function databaseAddress() {
  if (new URL(configured).hostname !== SCRATCH_HOST) return configured;
  scratch ??= startScratchDatabase(configured).then(async (address) => {
    await createDatabase(address);
    return address;
  });
  return scratch;
}

/** @param {unknown} message one line of the protocol */
function send(message) {
  const plain = (/** @type {string} */ _key, /** @type {unknown} */ value) => {
    if (typeof value === 'bigint') return Number(value);
    return value instanceof Map ? Object.fromEntries(value) : value;
  };
  process.stdout.write(`${JSON.stringify(message, plain)}\n`);
}

/** The engine's log goes to stderr as JSON, and the CLI reads refusals of `cli` commands from it. @param {string} level @param {object} fields */
function log(level, fields) {
  const line = { timestamp: new Date().toISOString(), level, target: 'schema_engine::logger', fields };
  process.stderr.write(`${JSON.stringify(line)}\n`);
}

/** @returns {Promise<any>} the wasm engine */
async function loadEngine() {
  const require = createRequire(import.meta.url);
  const glue = /** @type {any} */ (await import('@prisma/schema-engine-wasm/schema_engine_bg'));
  const folder = path.dirname(require.resolve('@prisma/schema-engine-wasm/schema_engine_bg'));
  const code = readFileSync(path.join(folder, 'schema_engine_bg.wasm'));
  const { instance } = await WebAssembly.instantiate(code, { './schema_engine_bg.js': glue });
  Object.assign(globalThis, {
    PRISMA_WASM_PANIC_REGISTRY: {
      message: '',
      /** @param {string} text */
      set_message(text) {
        this.message = text;
      },
    },
  });
  glue.__wbg_set_wasm(instance.exports);
  /** @type {any} */ (instance.exports).__wbindgen_start?.();
  const files = /** @type {string[] | undefined} */ (values.datamodels);
  const datamodels = files?.map((file) => [file, readFileSync(file, 'utf8')]);
  const address = await databaseAddress();
  const adapter = bindMigrationAwareSqlAdapterFactory(databaseFactory(address, datasource.shadowDatabaseUrl));
  const hear = (/** @type {string} */ text) => process.env.DEBUG && log('INFO', { message: String(text) });
  return glue.SchemaEngine.new({ datamodels }, hear, adapter);
}

/** @type {Promise<any> | undefined} */
let engine;

/**
 * @param {string} method @param {any} input
 * @returns {Promise<unknown>} what the protocol wants as the result
 */
async function answer(method, input) {
  if (method === 'createDatabase') {
    await createDatabase(await databaseAddress());
    return { databaseName: decodeURIComponent(new URL(configured).pathname.slice(1)) };
  }
  engine ??= loadEngine();
  const schemaEngine = await engine;
  if (AFTER_DIAGNOSIS.includes(method)) {
    await schemaEngine.devDiagnostic({ migrationsList: input.migrationsList, filters: input.filters });
  }
  const result = await schemaEngine[RENAMED[method] ?? method](input ?? {});
  // The native engine prints a diff by a call of its own to the CLI.
  if (method === 'diff' && result?.stdout != null) {
    send({ jsonrpc: '2.0', id: -1, method: 'print', params: { content: result.stdout } });
  }
  return result ?? {};
}

/** @param {string} line one request */
async function serve(line) {
  const request = JSON.parse(line);
  if (request.method === undefined) return; // the CLI's answer to our `print`
  const input = Array.isArray(request.params) ? request.params[0] : request.params;
  try {
    send({ jsonrpc: '2.0', id: request.id, result: await answer(request.method, input) });
  } catch (error) {
    const fault = /** @type {any} */ (error);
    const data = {
      is_panic: false,
      message: fault?.message ?? String(fault),
      meta: fault?.meta ?? null,
      error_code: fault?.code ?? fault?.error_code ?? null,
    };
    send({ jsonrpc: '2.0', id: request.id, error: { code: REFUSED, message: 'The schema engine refused.', data } });
  }
}

/** `schema-engine cli can-connect-to-database | create-database`: the answer is the exit code. @param {string} command */
async function command(command) {
  if (new URL(configured).hostname === SCRATCH_HOST) return 0; // made when it is needed
  const address = configured;
  if (command === 'create-database') await createDatabase(address);
  const fault = await connectionFault(address);
  if (!fault) return 0;
  log('INFO', { message: 'refused' });
  log('ERROR', { message: fault.message, error_code: fault.code });
  return 1;
}

if (values.version) {
  console.log('schema-engine-cli wasm');
} else if (positionals[0] === 'cli') {
  process.exit(await command(positionals[1] ?? ''));
} else {
  /** @type {Set<Promise<void>>} */
  const running = new Set();
  const lines = readline.createInterface({ input: process.stdin, crlfDelay: Infinity });
  lines.on('line', (line) => {
    if (line.trim() === '') return;
    const work = serve(line).finally(() => running.delete(work));
    running.add(work);
  });
  lines.once('close', async () => {
    while (running.size > 0) await Promise.all(running);
    process.exit(0); // the engine keeps connections open
  });
}
