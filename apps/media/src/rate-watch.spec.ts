import { EventEmitter } from 'node:events';
import { Log, Settings } from '#libs/platform';
import type { RoomHolding } from '#libs/rooms';
import type { LiveRooms } from './live-rooms.js';
import { RateWatch } from './rate-watch.js';

/** Lines whose bytes the test says; real media over the cap are in test/browser/whip-over-cap.spec.ts. */
const most = 1_000_000;
class Line {
  bytes = 0;
  async stats() { return { bytesReceived: this.bytes }; }
}
class Sender extends EventEmitter {
  closed = false;
  ended = '';
  constructor(readonly id: string, readonly lines: Line[], readonly personKey = id) { super(); }
  sendingOver() { return this.lines; }
  close(end: string) { [this.closed, this.ended] = [true, end]; }
}

function watchOf(...senders: Sender[]) {
  const told: unknown[] = [];
  const room = { id: 'r', epoch: 3, peers: new Map(senders.map((one) => [one.id, one])) };
  const holding = { publisherEnded: async (...said: unknown[]) => void told.push(said) } as unknown as RoomHolding;
  const watch = new RateWatch({ all: () => [room] } as unknown as LiveRooms, holding, Object.assign(new Settings(), { mediaPublisherBitrate: most }), Log.named('media'));
  let at = 0;
  /** So long each sender sends so many bits a second over each of its lines. */
  const pass = async (seconds: number, ...bitrates: number[]) => {
    for (let n = 0; n < seconds; n += 2.5) {
      senders.forEach(({ lines, closed }, index) => lines.forEach((line) => { if (!closed) line.bytes += bitrates[index]! / 8 * 2.5; }));
      await watch.look(at += 2_500);
    }
  };
  return { watch, room, pass, told, now: () => at };
}

it('ends who stays over, with all its lines together, and nobody else', async () => {
  const [loud, quiet] = [new Sender('loud', [new Line(), new Line()]), new Sender('quiet', [new Line()])];
  const { pass, told } = watchOf(loud, quiet);
  await pass(30, 400_000, 1_100_000);
  expect([loud.ended, quiet.ended, told]).toEqual(['', '', []]);
  await pass(15, 1_500_000, 1_100_000);
  expect([loud.ended, quiet.ended]).toEqual(['removed', '']);
  expect(told).toEqual([['r', 3, { code: 'bitrateTooHigh', sent: expect.any(Number), most, rest: 0 }]]);
});

it('what a line had sent before it was first looked at counts for nothing, and a line that cannot be asked harms nobody', async () => {
  const [old, broken] = [new Sender('old', [Object.assign(new Line(), { bytes: 1e9 })]), new Sender('broken', [Object.assign(new Line(), { stats: () => Promise.reject(new Error('gone')) })])];
  const { pass, told } = watchOf(broken, old);
  await pass(30, 0, 300_000);
  expect([old.ended, broken.ended, told]).toEqual(['', '', []]);
});

it('who comes back and goes on as before waits, and is let in again after that', async () => {
  const [first, second, other] = [new Sender('first', [new Line()], 'account:a'), new Sender('second', [new Line()], 'account:a'), new Sender('other', [new Line()])];
  const { watch, room, pass, told, now } = watchOf(first, other);
  await pass(15, 3_000_000, 100_000);
  expect([first.ended, watch.restOf('r', 'account:a', now())]).toEqual(['removed', 0]);
  room.peers.delete('first');
  room.peers.set('second', second);
  for (let looks = 0; looks < 6; looks += 1) {
    if (!second.closed) second.lines[0]!.bytes += 3_000_000 / 8 * 2.5;
    await pass(2.5, 0, 100_000);
  }
  expect([second.ended, told.length]).toEqual(['removed', 2]);
  expect((told[1] as unknown[])[2]).toMatchObject({ rest: 30 });
  expect([watch.restOf('r', 'account:a', now() + 20_000), watch.restOf('r', 'account:a', now() + 31_000), watch.restOf('elsewhere', 'account:a', now()), watch.restOf('r', 'other', now())].map((seconds) => seconds > 0))
    .toEqual([true, false, false, false]);
  expect(watch.restOf('r', 'account:a', now() + 700_000)).toBe(0);
});
