/**
 * Who may call what: each route and each role, derived from the code and held against `test/access.md`, which a person
 * reads. After a wanted change: UPDATE_ACCESS=1 npx jest test/access.spec.ts, and read what it changed.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { roles } from '#libs/contracts';
import { ApiModule } from '../apps/api/src/api.module.js';
import { MediaModule } from '../apps/media/src/media.module.js';
import { servedRoutes, type ServedRoute } from './support/controllers.js';

const file = 'test/access.md';
/** Served beside the API, not in its contract: pages, health, documents. */
const outside = /^(GET|ALL) \/(healthz|readyz|metrics|install-certificate|$|\*|fairs|jobs|booths|b|console|gate|screen|openapi|asyncapi|docs)/;
/** Players and encoders speak to these by their own standards (HLS, WHIP, WHEP), with keys of their own. */
const standards = /^[A-Z]+ \/media\/(hls|whip|whep)\//;
const routes = [...servedRoutes(ApiModule), ...servedRoutes(MediaModule).filter(({ name }) => standards.test(name))].sort((a, b) => a.name.localeCompare(b.name));
const contract = new Set([...readFileSync('libs/contracts/src/routes.ts', 'utf8').matchAll(/^\s+'([A-Z]+ \/[^']*)':/gm)].map(([, name]) => name!));
const api = routes.filter(({ name }) => contract.has(name) || !outside.test(name));

/** `anyone` opens a route to all; the table says so in each column. */
const may = (route: ServedRoute, role: (typeof roles)[number]) => route.roles.includes(role) || route.roles.includes('anyone');

function table(): string {
  const head = `| route | ${roles.join(' | ')} |\n|---|${roles.map(() => ':-:').join('|')}|`;
  const rows = api.map((route) => `| \`${route.name}\` | ${roles.map((role) => (may(route, role) ? '●' : '')).join(' | ')} |`);
  return `# Who may call what\n\nHeld against the code by \`test/access.spec.ts\`. A dot lets a role call; what it sees is narrowed further by its\norganisation, fair or person.\n\n${head}\n${rows.join('\n')}\n`;
}

describe('access', () => {
  it('is what the table says', () => {
    if (process.env.UPDATE_ACCESS) writeFileSync(file, table());
    expect(table()).toBe(readFileSync(file, 'utf8'));
  });

  it('names a role on every route', () => {
    expect(api.filter((route) => route.roles.length === 0)).toEqual([]);
  });

  it('serves the contract: no route more, no route less', () => {
    const served = new Set(api.map(({ name }) => name).filter((name) => !standards.test(name)));
    expect([...served].filter((name) => !contract.has(name))).toEqual([]);
    expect([...contract].filter((name) => !served.has(name))).toEqual([]);
  });
});
