import fc from 'fast-check';
import { FairStory, lastGate, lastTicket, pause, ROOMY, type Plan, type Stage, type Step, type Steps } from '../../../test/support/fair-story.js';
import { areas, type Way } from '../../../test/support/fair-truth.js';
import { gateSlices, testHall } from '../../../test/support/hall.js';
import { testModule, type TestModule } from '../../../test/support/module.js';
import { long, runs, seed } from '../../../test/support/runs.js';
import { Leases, Scans, Uploads } from './index.js';
import { laterId } from './upload-batch.js';

let stage: Stage;
let second: TestModule;

beforeAll(async () => {
  const hall = await testHall();
  second = await testModule({ imports: gateSlices }, {}, hall);
  const servers = [hall, second].map(({ module }) => {
    const part = <T>(type: new (...parts: never[]) => T): T => module.get<T>(type, { strict: false });
    return { scans: part(Scans), uploads: part(Uploads), leases: part(Leases) };
  });
  stage = { hall, servers, laterId };
});
afterAll(async () => {
  await second.close();
  await stage.hall.close();
});

const who = fc.nat(lastTicket);
const gate = fc.nat(lastGate);
const beside = fc.option(gate, { freq: 1 });
const server = fc.nat(1);
const area = fc.constantFrom(...areas);
const way = fc.constantFrom<Way>('entry', 'entry', 'exit');
const persons = fc.constantFrom(1, 1, 1, 1, 2, 3);
const skew = fc.integer({ min: -7_200_000, max: 7_200_000 });
const set = fc.oneof(fc.integer({ min: -7_200_000, max: -60_000 }), fc.integer({ min: 60_000, max: 7_200_000 }));

const one = <N extends keyof Steps>(weight: number, name: N, facts: { [K in keyof Steps[N]]: fc.Arbitrary<Steps[N][K]> }) =>
  ({ weight, arbitrary: fc.record({ do: fc.constant(name), ...facts }) as fc.Arbitrary<unknown> as fc.Arbitrary<Step> });
const step = fc.oneof(
  one(12, 'offline', { who, gate, way, persons }),
  one(4, 'twice', { who, gate, other: gate, persons }),
  one(7, 'online', { who, gate, way, persons, server, heard: fc.nat(4).map((n) => n > 0), again: fc.nat(3).map((n) => n === 0), beside }),
  one(6, 'ask', { gate, server, places: fc.nat(4), heard: fc.nat(3).map((n) => n > 0) }),
  one(4, 'upload', { gate, server, most: fc.integer({ min: 1, max: 5 }), lost: fc.boolean(), beside }),
  one(2, 'walkIn', { gate, persons }),
  one(1, 'expire', { gate, told: fc.boolean() }),
  one(1, 'clock', { gate, by: set }),
  one(2, 'lock', { area, on: fc.boolean(), who }),
  one(1, 'override', { who, gate }),
  one(1, 'correct', { area, persons: fc.constantFrom(-2, -1, 1, 2) }),
  one(1, 'correctTicket', { who, area, way, persons }),
  one(1, 'sweep', {}),
  one(1, 'revoke', { gate, skew }),
  one(2, 'judge', { accept: fc.boolean(), most: fc.integer({ min: 1, max: 3 }) }),
  one(4, 'decide', { decision: fc.constantFrom('anotherPerson', 'samePerson', 'noted') }),
);
const plan: fc.Arbitrary<Plan> = fc.record({
  approved: fc.oneof({ weight: 2, arbitrary: fc.integer({ min: 2, max: 12 }) }, { weight: 1, arbitrary: fc.constant(ROOMY) }), approvedA: fc.integer({ min: 1, max: 6 }), shared: fc.boolean(), denied: fc.boolean(),
  gates: fc.array(fc.record({ skew, places: fc.nat(4) }), { minLength: lastGate + 1, maxLength: lastGate + 1 }),
});

describe(`gates without a network (seed ${seed})`, () => {
  it('end with the truth’s count; no zone is ever above its number, and nobody is let into a locked one, without an override', async () => {
    await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: long ? 50 : 40 }), plan, async (steps, facts) => {
      const story = await FairStory.begin(stage, facts);
      for (const each of steps) {
        await pause();
        await story.play(each);
        await story.expectRoom();
      }
      await story.end();
      await story.expectRoom();
      await story.expectTruth();
    }), { ...runs(6, 2_000), endOnFailure: !long });
  }, long ? 3_600_000 : 120_000);
});
