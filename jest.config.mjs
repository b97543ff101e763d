// Three projects: unit (beside the source), scenarios (whole processes), browser (Chromium). `npm test` runs all of them
// with their services; `npx jest libs/tickets --selectProjects unit` runs a part, the specs then start what they need.
// The source is ESM; jest on Node 20 cannot load that, so @swc/jest compiles it, and packages that are ESM only, to CommonJS.
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

const modules = path.join(import.meta.dirname, 'node_modules');

/** @returns {string[]} the installed packages that are ESM */
function esmPackages() {
  const names = readdirSync(modules).flatMap((name) =>
    name.startsWith('@') ? readdirSync(path.join(modules, name)).map((inner) => `${name}/${inner}`) : [name],
  );
  return names.filter((name) => {
    try {
      return JSON.parse(readFileSync(path.join(modules, name, 'package.json'), 'utf8')).type === 'module';
    } catch {
      return false; // no package: .bin, .cache
    }
  });
}

const jsc = { target: 'es2022', keepClassNames: true };
const module = { type: 'commonjs' };
const typescript = {
  swcrc: false,
  jsc: {
    ...jsc,
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
  },
  module,
  sourceMaps: 'inline',
};
const javascript = { swcrc: false, jsc: { ...jsc, parser: { syntax: 'ecmascript' } }, module, sourceMaps: false };

// The last node_modules in the path decides: a CommonJS package may be nested in an ESM one.
const listed = esmPackages().map((name) => name.replaceAll('.', '\\.')).join('|');
const shared = {
  rootDir: import.meta.dirname,
  testEnvironment: 'node',
  resolver: '<rootDir>/infra/setup/jest-resolver.cjs',
  moduleNameMapper: { '^#libs/([^/]+)$': '<rootDir>/libs/$1/src/index.ts' },
  moduleFileExtensions: ['ts', 'js', 'mjs', 'cjs', 'json', 'node'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.data/'],
  transform: { '^.+\\.ts$': ['@swc/jest', typescript], '^.+\\.m?js$': ['@swc/jest', javascript] },
  transformIgnorePatterns: [`/node_modules/(?!.*/node_modules/)(?!(${listed})/)(?!.*\\.mjs$)`],
};

const specs = ['<rootDir>/{libs,apps,infra,prisma}/**/*.spec.ts', '<rootDir>/test/*.spec.ts'];
/** Where `npm test` has put several specs into one file (infra/setup/batches.mjs). */
const batches = process.env.TEST_BATCHES;
/** @type {string[]} */
const alone = batches ? JSON.parse(readFileSync(path.join(batches, 'alone.json'), 'utf8')) : [];
const unit = batches
  ? { roots: ['<rootDir>', batches], testMatch: [`${batches}/*.batch.cjs`, ...alone.map((spec) => `<rootDir>/${spec}`)] }
  : { testMatch: specs };

export default {
  rootDir: import.meta.dirname,
  // A service starts in seconds on a quiet machine; a busy one is no fault of what is tested.
  testTimeout: 30_000,
  projects: [
    { ...shared, displayName: 'unit', ...unit },
    { ...shared, displayName: 'scenarios', testMatch: ['<rootDir>/test/*.e2e.ts'] },
    { ...shared, displayName: 'browser', testMatch: ['<rootDir>/test/browser/*.spec.ts'] },
  ],
};
