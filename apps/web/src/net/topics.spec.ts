import type { Ack, AnyEnvelope, Snapshot, Subscribe, Subscribed, Topic } from '#libs/contracts';
import fc from 'fast-check';
import { Topics } from './topics';

const fair: Topic = { kind: 'fair', id: 'f' };
const desk: Topic = { kind: 'desk', id: 'f' };
/** `fair.updated` is for fair and desk, `device.paired` for the desk alone. */
const event = (position: number, type: 'fair.updated' | 'device.paired' = 'fair.updated') => ({ id: `e${position}`, position, type, data: { fairId: 'f' } }) as unknown as AnyEnvelope;
const picture = (position: number) => ({ topic: { kind: 'desk', id: 'f' }, position, madeAt: '', data: {} }) as unknown as Snapshot;
const answer = (position: number, events: AnyEnvelope[] = [], more: Partial<Subscribed> = {}): Ack<Subscribed> => ({ ok: true, data: { position, events, resync: false, snapshot: null, ...more } });

function line() {
  const asked: { request: Subscribe; answered: (answer: Ack<Subscribed>) => void }[] = [];
  const left: Topic[] = [];
  const topics = new Topics((request, answered) => asked.push({ request, answered }), topic => left.push(topic));
  const given = (topic: Topic) => {
    const positions: number[] = [];
    const stop = topics.watch(topic, { event: one => positions.push(one.position) });
    return { positions, stop };
  };
  return { topics, asked, left, given };
}

describe('topics', () => {
  it('asks without `since` first and from the last position after a lost line', () => {
    const { topics, asked, given } = line();
    const { positions } = given(fair);
    expect(asked[0].request).toEqual({ topic: fair });
    asked[0].answered(answer(5));
    topics.event(event(6));
    topics.lost();
    topics.opened();
    expect(asked[1].request).toEqual({ topic: fair, since: 6 });
    topics.event(event(9)); // came while catching up: it waits
    expect(positions).toEqual([6]);
    asked[1].answered(answer(9, [event(7), event(8), event(9)]));
    expect(positions).toEqual([6, 7, 8, 9]);
  });

  it('says once from where on nothing is missed', () => {
    const { topics, asked } = line();
    let begun = 0;
    topics.watch(fair, { begun: () => { begun++; } });
    expect(begun).toBe(0);
    asked[0].answered(answer(5));
    topics.lost();
    topics.opened();
    asked[1].answered(answer(6));
    expect(begun).toBe(1);
  });

  it('gives an event to each topic that it belongs to, also when another topic had it long ago', () => {
    const { topics, asked, given } = line();
    const one = given(fair);
    asked[0].answered(answer(5));
    topics.event(event(6));
    const other = given(desk);
    asked[1].answered(answer(6, [event(6), event(4, 'device.paired')]));
    expect(one.positions).toEqual([6]);
    expect(other.positions).toEqual([6, 4]);
    topics.event(event(7, 'device.paired'));
    expect(one.positions).toEqual([6]);
    expect(other.positions).toEqual([6, 4, 7]);
  });

  it('keeps only the newest snapshot and hands it to who comes later', () => {
    const { topics, asked } = line();
    const seen: number[] = [];
    topics.watch(desk, { snapshot: one => seen.push(one.position) });
    asked[0].answered(answer(5, [], { snapshot: picture(5) }));
    topics.snapshot(picture(8));
    topics.snapshot(picture(7));
    topics.watch(desk, { snapshot: one => seen.push(one.position) });
    expect(seen).toEqual([5, 8, 8]);
    expect(asked).toHaveLength(1);
  });

  it('says resync and refused, and leaves a topic with its last watcher', () => {
    const { topics, asked, left, given } = line();
    const said: string[] = [];
    topics.watch(fair, { resync: () => said.push('resync'), refused: problem => said.push(problem.code) });
    asked[0].answered(answer(900, [], { resync: true }));
    topics.lost();
    topics.opened();
    asked[1].answered({ ok: false, error: { code: 'forbidden', message: '', requestId: 'r' } });
    expect(said).toEqual(['resync', 'forbidden']);
    const { stop } = given(fair);
    stop();
    expect(left).toEqual([]);
    const alone = given(desk);
    alone.stop();
    expect(left).toEqual([desk]);
    asked[2].answered(answer(901, [event(901)])); // answered too late
    expect(alone.positions).toEqual([]);
  });

  it('gives every event once and in order, whatever is lost and whenever the answers come', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom('log', 'live', 'lose', 'open', 'answer'), { maxLength: 60 }), steps => {
      const { topics, asked, given } = line();
      const { positions } = given(fair);
      let [head, sent, up] = [0, 0, true]; // the log's end, how far the line has been fed, whether there is one
      const pending: { since: number; reply: (answer: Ack<Subscribed>) => void }[] = [];
      const collect = () => { while (asked.length) { const { request, answered } = asked.shift()!; pending.push({ since: request.since ?? 0, reply: answered }); } };
      collect();
      const settle = () => { // the server's side of a subscription: joined now, the log read up to its end
        const one = pending.shift();
        if (!one) return;
        one.reply(answer(head, Array.from({ length: head - one.since }, (_, i) => event(one.since + 1 + i))));
      };
      const feed = () => { if (up) while (sent < head) topics.event(event(++sent)); else sent = head; };
      for (const step of steps) {
        if (step === 'log') head++;
        if (step === 'live') feed();
        if (step === 'lose') { up = false; pending.length = 0; topics.lost(); }
        if (step === 'open' && !up) { up = true; sent = head; topics.opened(); collect(); }
        if (step === 'answer' && up) settle();
      }
      if (!up) { up = true; sent = head; topics.opened(); collect(); }
      settle();
      feed();
      expect(positions).toEqual(Array.from({ length: head }, (_, i) => i + 1));
    }), { numRuns: 500 });
  });
});
