import { fileURLToPath } from 'node:url';
import vue from '@vitejs/plugin-vue';
import components from 'unplugin-vue-components/vite';
import { VantResolver } from 'unplugin-vue-components/resolvers';
import { defineConfig } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/**
 * The phone's first page as the server writes it (src/phone/server.ts), after the pages themselves are built. It goes into a
 * hidden folder of theirs, with everything it needs in it: an installed server has no Vue.
 */
export default defineConfig({
  root: here('.'), // the pages' own: a component's styles are found by a name made from its path
  publicDir: false,
  resolve: { alias: { '#libs/contracts': here('../../libs/contracts/src/index.ts') } },
  plugins: [vue(), components({ dirs: [], dts: false, resolvers: [VantResolver()] })],
  define: { 'process.env.NODE_ENV': '"production"' },
  // Not Node's builds of Vue: those bring its compiler.
  ssr: { noExternal: true, resolve: { conditions: ['module', 'production'] } },
  build: {
    ssr: here('src/phone/server.ts'),
    outDir: here('../../dist/web/.server'),
    emptyOutDir: true,
    target: 'node20',
    minify: false,
    rolldownOptions: { output: { entryFileNames: 'first-page.js', chunkFileNames: '[name]-[hash].js' } },
  },
});
