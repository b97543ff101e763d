// tsc and eslint over one program: eslint needs the types of the server too, and to find them twice takes half a minute.
// Ends with 1 when types are wrong, 2 when eslint says something, 3 when both.
import { ESLint } from 'eslint';
import ts from 'typescript';
import { server } from '../../eslint.config.mjs';
import { ROOT } from './root.mjs';

process.chdir(ROOT);
const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: (/** @type {ts.Diagnostic} */ fault) => { throw new Error(String(fault.messageText)); } };
const config = ts.getParsedCommandLineOfConfigFile('tsconfig.json', { noEmit: true, incremental: false, tsBuildInfoFile: undefined }, host);
if (!config) throw new Error('tsconfig.json cannot be read.');
const program = ts.createProgram({ rootNames: config.fileNames, options: config.options, configFileParsingDiagnostics: config.errors });
const wrong = ts.getPreEmitDiagnostics(program);
if (wrong.length > 0) {
  const names = { getCurrentDirectory: () => ROOT, getCanonicalFileName: (/** @type {string} */ name) => name, getNewLine: () => '\n' };
  console.log(ts.formatDiagnosticsWithColorAndContext(wrong, names));
}

const eslint = new ESLint({ cwd: ROOT, overrideConfig: [{ files: server, languageOptions: { parserOptions: { project: null, programs: [program] } } }] });
const results = await eslint.lintFiles(['.']);
const formatter = await eslint.loadFormatter('stylish');
const said = await formatter.format(results);
if (said) console.log(said);
process.exitCode = (wrong.length > 0 ? 1 : 0) + (results.some(({ errorCount }) => errorCount > 0) ? 2 : 0);
