/** `npm run bench -- NAME [--quick] [--json]`; without a name it lists what there is. With --json the last line is for programs. */
import { parseArgs } from 'node:util';
import type { Benchmark, Pair } from './benchmark.js';
import { boot } from './boot.bench.js';
import { interviews } from './interviews.bench.js';
import { join } from './join.bench.js';
import { page } from './page.bench.js';
import { register } from './register.bench.js';
import { report } from './report.js';
import { scan } from './scan.bench.js';
import { screen } from './screen.bench.js';
import { sfu } from './sfu.bench.js';

const benchmarks: Benchmark[] = [page, boot, join, sfu, scan, screen, register, interviews];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: 'boolean', default: false }, json: { type: 'boolean', default: false } },
});
const benchmark = benchmarks.find(({ name }) => name === positionals[0]);
if (!benchmark) {
  console.error(`npm run bench -- NAME [--quick] [--json]\n${benchmarks.map(({ name, about }) => `  ${name.padEnd(10)} ${about}`).join('\n')}`);
  process.exit(2);
}

const say = values.json ? console.error : console.log;
const count = values.quick ? benchmark.pairs.quick : benchmark.pairs.whole;
const run = await benchmark.open({ quick: values.quick });
const pairs: Pair[] = [];
let whole: Pair;
let notes: string[];
try {
  for (let n = 0; n < count; n++) {
    pairs.push(await run.pair(n % 2 === 0));
    say(`  pair ${n + 1} of ${count}`);
  }
  whole = run.whole?.() ?? {};
  notes = run.notes?.() ?? [];
} finally {
  await run.close();
}
const lines = report(benchmark, pairs, say, whole);
for (const note of notes) say(note);
if (values.json) console.log(JSON.stringify(lines));
