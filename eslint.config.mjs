// What a person would be told in review. Formatting is .editorconfig's business.
import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import typescript from 'typescript-eslint';
import vue from 'eslint-plugin-vue';

const SETTINGS = 'Settings are read in libs/platform/src/config only: ask it for a typed value.';
/** @type {import('eslint').Linter.RulesRecord} */
const environment = {
  'no-restricted-properties': ['error', { object: 'process', property: 'env', message: SETTINGS }],
  'no-restricted-imports': ['error', { paths: [{ name: 'node:process', importNames: ['env'], message: SETTINGS }] }],
};
/** What is linted with types: all that tsconfig.json names. */
export const server = ['apps/{api,media,all}/**/*.ts', 'libs/**/*.ts', 'test/**/*.ts', 'infra/**/*.ts', 'prisma/seed.ts'];

/** The browser's own names, as far as they are used without an import. */
const browser = Object.fromEntries(
  Object.getOwnPropertyNames(globalThis)
    .concat('window', 'document', 'navigator', 'location', 'history', 'localStorage', 'sessionStorage', 'self')
    .map((name) => [name, 'readonly']),
);
const node = Object.fromEntries([...Object.getOwnPropertyNames(globalThis), 'require', 'module'].map((name) => [name, 'readonly']));

export default defineConfig(
  { ignores: ['dist/', 'node_modules/', '.data/', 'prisma/generated/', 'coverage/', '**/*.d.ts'] },
  js.configs.recommended,
  ...typescript.configs.recommended,
  ...vue.configs['flat/recommended'],
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      // TypeScript sees to undefined names, in all files but plain scripts (below).
      'no-undef': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'all' }],
      '@typescript-eslint/ban-ts-comment': ['error', { 'ts-ignore': true, 'ts-nocheck': true, 'ts-expect-error': 'allow-with-description' }],
      // A Nest module is a class without a body.
      '@typescript-eslint/no-extraneous-class': 'off',
      'no-empty': ['error', { allowEmptyCatch: false }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  {
    files: server,
    languageOptions: { parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname } },
    rules: { '@typescript-eslint/no-floating-promises': 'error' },
  },
  { files: ['apps/**/*.ts', 'apps/**/*.vue', 'libs/**/*.ts', 'prisma/**/*.ts'], ignores: ['libs/platform/src/config/**', 'apps/web/vite.config.ts'], rules: environment },
  { files: ['**/*.mjs', '**/*.cjs'], languageOptions: { globals: node }, rules: { 'no-undef': 'error' } },
  { files: ['**/*.cjs'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
  {
    files: ['apps/web/**/*.vue'],
    languageOptions: { parserOptions: { parser: typescript.parser, extraFileExtensions: ['.vue'], sourceType: 'module' }, globals: browser },
    rules: {
      // Formatting, which the plugin counts as recommended.
      ...Object.fromEntries(
        [
          'html-closing-bracket-newline', 'html-closing-bracket-spacing', 'html-end-tags', 'html-indent', 'html-quotes', 'html-self-closing',
          'max-attributes-per-line', 'multiline-html-element-content-newline', 'mustache-interpolation-spacing',
          'no-multi-spaces', 'no-spaces-around-equal-signs-in-attribute', 'singleline-html-element-content-newline',
          'first-attribute-linebreak', 'attributes-order',
        ].map((name) => [`vue/${name}`, 'off']),
      ),
      // Pages are named by their place: console/Fairs.vue.
      'vue/multi-word-component-names': 'off',
      'vue/require-default-prop': 'off',
    },
  },
);
