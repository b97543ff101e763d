/** Holds the house's arrows: who may import whom, and where the doors to the outside world are. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const root = process.cwd();

/** What each room may import, besides itself and npm packages. Tests and specs may import anything. */
const arrows: Record<string, string[]> = {
  'libs/contracts': [],
  'libs/sfu': ['libs/contracts'],
  'libs/platform': ['libs/contracts'],
  'libs/events': ['libs/contracts', 'libs/platform'],
  'libs/identity': ['libs/contracts', 'libs/platform', 'libs/events'],
  'libs/fairs': ['libs/contracts', 'libs/platform', 'libs/events', 'libs/identity'],
  'libs/rooms': ['libs/contracts', 'libs/platform', 'libs/events'],
  'libs/jobs': ['libs/contracts', 'libs/platform', 'libs/events', 'libs/identity', 'libs/fairs'],
  'libs/booths': ['libs/contracts', 'libs/platform', 'libs/events', 'libs/identity', 'libs/fairs', 'libs/jobs'],
  'libs/tickets': ['libs/contracts', 'libs/platform', 'libs/events', 'libs/identity', 'libs/fairs'],
  'libs/attendance': ['libs/contracts', 'libs/platform', 'libs/events', 'libs/identity', 'libs/fairs', 'libs/tickets'],
  'libs/live': [
    'libs/contracts', 'libs/platform', 'libs/events', 'libs/identity', 'libs/fairs', 'libs/booths', 'libs/jobs', 'libs/rooms',
  ],
  'libs/interviews': [
    'libs/contracts', 'libs/platform', 'libs/events', 'libs/identity', 'libs/fairs', 'libs/booths', 'libs/jobs', 'libs/tickets', 'libs/rooms',
  ],
  'libs/insights': [
    'libs/contracts', 'libs/platform', 'libs/events', 'libs/identity', 'libs/fairs', 'libs/booths', 'libs/jobs',
    'libs/tickets', 'libs/attendance', 'libs/interviews',
  ],
  'apps/web': ['libs/contracts'],
  'apps/media': ['libs/contracts', 'libs/platform', 'libs/events', 'libs/rooms', 'libs/sfu'],
  'apps/api': [
    'libs/contracts', 'libs/platform', 'libs/events', 'libs/identity', 'libs/fairs', 'libs/booths', 'libs/jobs',
    'libs/tickets', 'libs/attendance', 'libs/insights', 'libs/rooms', 'libs/live', 'libs/interviews', 'prisma',
  ],
  // A main only.
  'apps/all': ['libs/contracts', 'libs/platform', 'apps/api', 'apps/media'],
  prisma: [
    'libs/contracts', 'libs/platform', 'libs/identity', 'libs/fairs', 'libs/booths', 'libs/jobs', 'libs/tickets', 'libs/attendance',
    'libs/live', 'libs/interviews',
  ],
};

/** Packages with one door: nobody else may import them. */
const doors: Record<string, RegExp> = {
  mediasoup: /^libs\/sfu\//,
  '@prisma/client': /^libs\/platform\/src\/database\//,
  '@prisma/adapter-pg': /^libs\/platform\/src\/database\//,
  pg: /^libs\/platform\/src\/database\//,
  redis: /^libs\/(events|platform)\/src\//,
  'mediasoup-client': /^apps\/web\//,
};

interface Import { file: string; room: string; target: string }

function sources(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return ['node_modules', 'dist', 'generated', 'migrations'].includes(entry.name) ? [] : sources(path);
    return /\.(ts|vue)$/.test(entry.name) && !/\.(spec|d)\.ts$/.test(entry.name) ? [path] : [];
  });
}

const roomOf = (file: string) => (file.startsWith('prisma/') ? 'prisma' : file.split('/').slice(0, 2).join('/'));

function importsOf(path: string): Import[] {
  const file = relative(root, path);
  const text = readFileSync(path, 'utf8');
  const found = text.matchAll(/(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g);
  return [...found].map(([, target]) => ({ file, room: roomOf(file), target: target! }));
}

/** The room that an import leads to, or null for a package. */
function destination({ file, target }: Import): string | null {
  if (target.startsWith('#libs/')) return `libs/${target.split('/')[1]}`;
  if (target.startsWith('.')) return roomOf(relative(root, resolve(root, dirname(file), target)));
  return null;
}

const files = ['apps', 'libs', 'prisma'].flatMap((top) => sources(join(root, top)));
const imports = files.flatMap(importsOf);

describe('the house', () => {
  it('was found', () => {
    expect(files.length).toBeGreaterThan(50);
    expect(imports.length).toBeGreaterThan(200);
  });

  it('has only rooms that the table knows', () => {
    expect([...new Set(files.map((path) => roomOf(relative(root, path))))].filter((room) => !(room in arrows))).toEqual([]);
  });

  it('has a short README in each lib', () => {
    const libs = readdirSync(join(root, 'libs'));
    const wrong = libs.filter((lib) => {
      const readme = join(root, 'libs', lib, 'README.md');
      return !existsSync(readme) || readFileSync(readme, 'utf8').trimEnd().split('\n').length > 25;
    });
    expect(wrong).toEqual([]);
  });

  it('follows the arrows', () => {
    const wrong = imports.filter((each) => {
      const to = destination(each);
      return to !== null && to !== each.room && !arrows[each.room]?.includes(to) && !isGeneratedClient(each, to);
    });
    expect(wrong.map(({ file, target }) => `${file} -> ${target}`)).toEqual([]);
  });

  it('enters another lib by its front door', () => {
    const wrong = imports.filter((each) => /^#libs\/[^/]+\/./.test(each.target)
      || (each.target.startsWith('.') && destination(each)!.startsWith('libs/') && destination(each) !== each.room));
    expect(wrong.map(({ file, target }) => `${file} -> ${target}`)).toEqual([]);
  });

  it('has one door to each outside world', () => {
    const wrong = imports.filter(({ file, target }) => {
      const name = Object.keys(doors).find((each) => target === each || target.startsWith(`${each}/`));
      return name !== undefined && !doors[name]!.test(file);
    });
    expect(wrong.map(({ file, target }) => `${file} -> ${target}`)).toEqual([]);
  });

  it('keeps contracts free of everything', () => {
    expect(imports.filter(({ room, target }) => room === 'libs/contracts' && !target.startsWith('.'))).toEqual([]);
  });

  it('reads the environment in platform/config only', () => {
    const readers = files.map((path) => relative(root, path)).filter((file) => !file.startsWith('libs/platform/src/config/')
      && !file.startsWith('apps/web/') && /\bprocess\.env\b/.test(readFileSync(join(root, file), 'utf8')));
    expect(readers).toEqual([]);
  });

  it('builds the database client in platform/database only', () => {
    const builders = files.map((path) => relative(root, path)).filter((file) => !file.startsWith('libs/platform/src/database/')
      && /new PrismaClient\b/.test(readFileSync(join(root, file), 'utf8')));
    expect(builders).toEqual([]);
  });

  it('keeps every file under the ceiling of 400 lines', () => {
    const long = files.map((path) => [relative(root, path), readFileSync(path, 'utf8').split('\n').length] as const);
    expect(long.filter(([, lines]) => lines > 400)).toEqual([]);
  });
});

/** Prisma's generated client lies in prisma/generated; platform/database is its only reader. */
function isGeneratedClient({ file, target }: Import, to: string): boolean {
  return to === 'prisma' && target.includes('/prisma/generated/') && file.startsWith('libs/platform/src/database/');
}
