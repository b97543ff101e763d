import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import vue from '@vitejs/plugin-vue';
import components from 'unplugin-vue-components/vite';
import { ElementPlusResolver, VantResolver } from 'unplugin-vue-components/resolvers';
import { defineConfig, type Plugin } from 'vite';
import { VitePWA, type VitePWAOptions } from 'vite-plugin-pwa';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const out = here('../../dist/web');
const surfaces = ['phone', 'console', 'gate', 'screen'] as const;
const api = process.env.FAIRWIND_DEV_API ?? 'http://localhost:3000';
/** In development the server answers a surface's paths with that surface's HTML, as apps/api does in production. */
const surfacePages: Plugin = {
  name: 'fairwind:surface-pages',
  configureServer(server) {
    server.middlewares.use((request, _response, next) => {
      const path = (request.url ?? '/').split('?')[0];
      const surface = /^\/(console|gate|screen)(\/[^.]*)?$/.exec(path)?.[1];
      if (surface) request.url = `/${surface}.html`;
      next();
    });
  },
};

interface Built { file: string; css?: string[]; imports?: string[]; dynamicImports?: string[]; assets?: string[] }

/** The files that a page needs to open: its entry, what that imports, and of the lazy parts those whose source `also` names. */
function neededBy(page: string, also: RegExp): Set<string> {
  const built = JSON.parse(readFileSync(`${out}/.vite/manifest.json`, 'utf8')) as Record<string, Built>;
  const files = new Set<string>([page]);
  const seen = new Set<string>();
  const add = (name: string): void => {
    if (seen.has(name)) return;
    seen.add(name);
    const { file, css = [], imports = [], dynamicImports = [] } = built[name];
    for (const one of [file, ...css]) files.add(one);
    imports.forEach(add);
    dynamicImports.filter(lazy => also.test(lazy)).forEach(add);
  };
  add(page);
  return files;
}

/** Two service workers, one a scope. The manifests are written by hand in public/, registration is in src/net/offline.ts. */
const worker = (scope: string, page: string, also: RegExp, workbox: VitePWAOptions['workbox']) => VitePWA({
  strategies: 'generateSW',
  filename: `${scope.slice(1)}sw.js`,
  scope,
  injectRegister: false,
  manifest: false,
  includeManifestIcons: false,
  workbox: {
    globPatterns: ['*.html', 'assets/**/*.{js,css,wasm}', 'assets/fonts/*-600-*.woff2', 'mark.svg'],
    manifestTransforms: [entries => {
      // Asked even after a build that has failed: then its own error is the one to see.
      if (!existsSync(`${out}/.vite/manifest.json`)) return { manifest: [], warnings: [] };
      const needed = neededBy(page, also);
      return { manifest: entries.filter(({ url }) => needed.has(url.slice(1)) || /^\/assets\/fonts\/|\.(svg|wasm)$/.test(url)), warnings: [] };
    }],
    cleanupOutdatedCaches: true,
    directoryIndex: null,
    inlineWorkboxRuntime: true,
    sourcemap: false,
    dontCacheBustURLsMatching: /^\/assets\//,
    modifyURLPrefix: { '': '/' }, // a worker's own folder would be put before them otherwise
    ...workbox,
  },
});

const hashedAssets = {
  urlPattern: /\/assets\/.+-[\w-]{8}\.\w+$/,
  handler: 'CacheFirst' as const,
  options: { cacheName: 'assets', expiration: { maxEntries: 120, maxAgeSeconds: 30 * 86400 } },
};

export default defineConfig(({ command }) => ({
  root: here('.'),
  base: '/',
  publicDir: here('public'),
  resolve: { alias: { '#libs/contracts': here('../../libs/contracts/src/index.ts') } },
  plugins: [
    vue(),
    components({
      dirs: [],
      dts: false,
      resolvers: [VantResolver(), ElementPlusResolver({ importStyle: 'css' })],
    }),
    surfacePages,
    // All of the phone's pages are kept from the first visit, about 50 kB gzip: the ticket opens, and so does what was opened before,
    // and one can apply, with no network. Only the ticket is opened from the phone first; every other page asks the network first.
    worker('/', 'index.html', /src\/phone\/|src\/net\/kept|qrcode/, {
      globIgnores: ['**/*.wasm'],
      navigateFallback: '/index.html',
      navigateFallbackAllowlist: [/^\/tickets?(\/|$)/],
      runtimeCaching: [
        {
          urlPattern: ({ request, url, sameOrigin }) => sameOrigin && request.mode === 'navigate' &&
            !/^\/(console|gate|screen|api|healthz|readyz|metrics|setup|trust)(\/|$)/.test(url.pathname),
          handler: 'NetworkFirst',
          options: {
            cacheName: 'pages', networkTimeoutSeconds: 4, expiration: { maxEntries: 30 },
            precacheFallback: { fallbackURL: '/index.html' },
          },
        },
        hashedAssets,
      ],
    }),
    // The scanner opens with no network at all: its shell is always the kept one, from the first visit on (clientsClaim). A newer
    // version waits until src/gate/update.ts says so.
    worker('/gate/', 'gate.html', /./, {
      navigateFallback: '/gate.html',
      navigateFallbackAllowlist: [/^\/gate(\/|$)/],
      maximumFileSizeToCacheInBytes: 4 * 2 ** 20,
      clientsClaim: true,
      importScripts: ['/gate-clock.js'],
      runtimeCaching: [hashedAssets],
    }),
  ],
  css: { devSourcemap: true },
  server: { proxy: { '/api': api, '/socket.io': { target: api, ws: true }, '/media': { target: api, ws: true } } },
  build: {
    outDir: out,
    manifest: true,
    emptyOutDir: true,
    target: ['es2020', 'chrome86', 'safari14'],
    cssTarget: ['chrome86', 'safari14'],
    modulePreload: { polyfill: false },
    assetsInlineLimit: 2048,
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      input: {
        phone: here('index.html'), console: here('console.html'), gate: here('gate.html'), screen: here('screen.html'),
        ...(command === 'serve' ? { gallery: here('parts.html') } : {}),
      },
      output: {
        entryFileNames: chunk => `assets/${chunk.name}/[name]-[hash].js`,
        chunkFileNames: chunk => `assets/${homeOf(chunk.moduleIds)}/[name]-[hash].js`,
        assetFileNames: asset => `assets/${/\.woff2?$/.test(asset.names[0] ?? '') ? 'fonts' : 'style'}/[name]-[hash][extname]`,
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [
            { name: 'vue', test: /node_modules[\\/](@vue|vue|vue-router)[\\/]/, priority: 3 },
            { debugName: 'first view', name: (id, graph) => firstView(id, graph), priority: 2 },
            // Rooms and calls, and the small files beside them: two dozen that a live page, which has to be quick, would ask for one by one.
            { name: 'rooms', test: /[\\/]apps[\\/]web[\\/]src[\\/](?:(?:media|call)[\\/](?!webrtc)[\w-]+\.ts|parts[\\/](?:NetBars\.vue|ConsentRow\.vue|wake-lock\.ts)|net[\\/]upload\.ts)/, priority: 1 },
            { debugName: 'pieces', name: (id, graph) => (/[\\/]src[\\/]phone[\\/](parts|state)[\\/](?!live[\\/](?!LiveSoon)|live-(?!calendar)|\w+-words)/.test(id) && !reached(graph).has(id) ? 'pieces' : null), priority: 1 },
          ],
        },
      },
    },
  },
}));

interface Graph { getModuleInfo(id: string): { importedIds: readonly string[] } | null }
let reachable: Set<string> | undefined;

/** The phone's first view: its entry, and all that this imports at once. */
function reached(graph: Graph): Set<string> {
  if (reachable) return reachable;
  reachable = new Set();
  const add = (id: string): void => {
    if (reachable!.has(id)) return;
    reachable!.add(id);
    graph.getModuleInfo(id)?.importedIds.forEach(add);
  };
  add(here('src/phone/main.ts'));
  return reachable;
}

/** Helpers of the compiler, a line each, which core carries for all. */
const HELPERS = /@oxc-project[\\/+]runtime/;

/**
 * The phone's first view in four scripts (vue, core, home, entry) and two styles instead of thirty: on a weak line each request
 * waits half a second, and a browser has six at once. The other surfaces share vue and core.
 */
function firstView(id: string, graph: Graph): string | null {
  if (HELPERS.test(id)) return 'core';
  if (!reached(graph).has(id) || id.endsWith('/main.ts')) return null;
  return /[\\/](src[\\/]phone|words[\\/]zh[\\/]phone)/.test(id) ? 'home' : 'core';
}

/** The folder of a chunk: the surface whose files it holds, else a library that only one surface may use, else shared. */
function homeOf(files: string[]): string {
  const home = surfaces.find(surface => files.some(file =>
    file.includes(`/src/${surface}/`) || new RegExp(`/words/(zh|en)/${surface}\\.ts`).test(file)));
  if (home) return home;
  if (files.some(file => /node_modules[\\/](element-plus|@element-plus|echarts|zrender)[\\/]/.test(file))) return 'desk';
  if (files.some(file => /node_modules[\\/]zxing-wasm[\\/]/.test(file))) return 'gate';
  return 'shared';
}
