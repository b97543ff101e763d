import { Log } from '#libs/platform';
import { Loop } from './loop.js';

const HOURS = 3_600_000;

/** A loop whose passes end when the test says so, and that would rest for hours between them. */
function startLoop() {
  const passes: (() => void)[] = [];
  const begun: (() => void)[] = [];
  const loop = new Loop('test', () => new Promise((resolve) => {
    passes.push(() => resolve(null));
    begun.shift()?.();
  }), { pause: HOURS, poll: HOURS, log: Log.named('test') });
  const next = () => new Promise<void>((resolve) => { begun.push(resolve); });
  return { loop, passes, next };
}

it('looks again at once when it was asked to during a pass, however long it would rest, and only once', async () => {
  const { loop, passes, next } = startLoop();
  const first = next();
  loop.start();
  await first;
  loop.wake(0);
  loop.wake(); // a hint that can wait does not take it back
  const second = next();
  passes[0]!();
  await second;
  passes[1]!();
  await loop.stop();
  expect(passes).toHaveLength(2);
});

it('rests after a pass when what came meanwhile can wait', async () => {
  const { loop, passes, next } = startLoop();
  const first = next();
  loop.start();
  await first;
  loop.wake();
  passes[0]!();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(passes).toHaveLength(1);
  const asked = next();
  loop.wake(0);
  await asked;
  passes[1]!();
  await loop.stop();
});
