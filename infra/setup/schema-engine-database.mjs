// The database as Prisma's schema engine wants it: adapter-pg, with what migrations need and a query client does not.
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { PrismaPg } from '@prisma/adapter-pg';
import { ColumnTypeEnum } from '@prisma/driver-adapter-utils';

/** PostgreSQL's catalog type "char": introspection reads it, and adapter-pg 7.10 refuses it. */
const CATALOG_CHAR = 18;
const TEXT = 25;

/**
 * Prisma's address may carry `?schema=`, which PostgreSQL does not know.
 * @param {string} address @returns {{ connectionString: string, schema: string | undefined }}
 */
function split(address) {
  const url = new URL(address);
  const schema = url.searchParams.get('schema') ?? undefined;
  url.searchParams.delete('schema');
  return { connectionString: url.toString(), schema };
}

/** @param {string} address @param {string} name a database @returns {string} the address of that database on the same server */
function sibling(address, name) {
  const url = new URL(address);
  url.pathname = `/${encodeURIComponent(name)}`;
  return url.toString();
}

/** @param {string} address @param {string} sql @returns {Promise<void>} */
async function once(address, sql) {
  const client = new pg.Client({ connectionString: split(address).connectionString });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** @param {string} address @returns {string} the name of the address's database */
const databaseName = (address) => decodeURIComponent(new URL(address).pathname.slice(1));

/**
 * @param {string} address
 * @returns {Promise<{ code: 'P1001' | 'P1003', message: string } | undefined>} why the database cannot be used, if it cannot
 */
export async function connectionFault(address) {
  try {
    await once(address, 'SELECT 1');
    return undefined;
  } catch (error) {
    const { code, message } = /** @type {{ code?: string, message: string }} */ (error);
    if (code === '3D000') return { code: 'P1003', message: `Database ${databaseName(address)} does not exist` };
    return { code: 'P1001', message: message || String(code) };
  }
}

/** Makes the address's database when it is not there. @param {string} address */
export async function createDatabase(address) {
  const fault = await connectionFault(address);
  if (fault?.code === 'P1003') {
    await once(sibling(address, 'postgres'), `CREATE DATABASE ${pg.escapeIdentifier(databaseName(address))}`);
  }
}

/**
 * @param {string} address
 * @param {() => Promise<void>} [afterwards] run once the connection is closed
 */
async function open(address, afterwards) {
  const { connectionString, schema } = split(address);
  const pool = new pg.Pool({ connectionString, max: 4 });
  const adapter = /** @type {any} */ (await new PrismaPg(pool, { schema }).connect());
  const { queryRaw } = adapter;
  adapter.queryRaw = async (/** @type {unknown} */ query) => {
    /** @type {number[]} */
    let characters = [];
    const performIO = async (/** @type {unknown} */ io) => {
      const result = await adapter.performIO(io);
      characters = result.fields.flatMap((/** @type {pg.FieldDef} */ field, /** @type {number} */ index) =>
        field.dataTypeID === CATALOG_CHAR ? [index] : [],
      );
      for (const index of characters) result.fields[index].dataTypeID = TEXT;
      return result;
    };
    const result = await queryRaw.call(Object.create(adapter, { performIO: { value: performIO } }), query);
    for (const index of characters) result.columnTypes[index] = ColumnTypeEnum.Character;
    return result;
  };
  // adapter-pg cuts a script at each ';', which breaks function bodies and runs each piece in a transaction of its own.
  // One simple query is one transaction, as the native engine has it.
  adapter.executeScript = async (/** @type {string} */ script) => {
    await pool.query(script).catch((error) => adapter.onError(error));
  };
  adapter.dispose = async () => {
    await pool.end();
    await afterwards?.();
  };
  return adapter;
}

/**
 * @param {string} address the database
 * @param {string} [shadow] the shadow database's address, when the configuration names one
 * @returns {any} an adapter factory with a shadow database of its own for each need
 */
export function databaseFactory(address, shadow) {
  const { adapterName, provider } = new PrismaPg({ connectionString: split(address).connectionString });
  return {
    adapterName,
    provider,
    connect: () => open(address),
    // adapter-pg's own one forgets the new name when it is given an address, and would replay onto the main database.
    async connectToShadowDb() {
      if (shadow) return open(shadow);
      const name = `prisma_migrate_shadow_db_${randomUUID()}`;
      await once(address, `CREATE DATABASE "${name}"`);
      return open(sibling(address, name), () => once(address, `DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`));
    },
  };
}
