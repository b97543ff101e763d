import path from 'node:path';
import { defineConfig } from 'prisma/config';

// The engine without its download (infra/setup/schema-engine.mjs). Set it to '' to have Prisma fetch its native one.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= path.join(import.meta.dirname, 'infra/setup/schema-engine.mjs');

export default defineConfig({
  schema: 'prisma/schema',
  migrations: { path: 'prisma/migrations' },
  // Migrations need a database. Without one of your own the engine makes an empty one for the one command.
  datasource: { url: process.env.DATABASE_URL ?? 'postgresql://scratch.invalid/fairwind' },
});
