/** What must not compile. tsc holds it (`npm run typecheck`): an expectation without an error is an error. */
import { randomUUID } from 'node:crypto';
import type { Database, Tx } from '#libs/platform';
import { projector, reactor, type Events } from './index.js';

const fairId = randomUUID();
const fair = { kind: 'fair', id: fairId } as const;

/** Compiled, never called. */
export async function wrongly(events: Events, database: Database, tx: Tx): Promise<void> {
  await events.append(tx, 'fair.updated', fair, { fairId });
  // @ts-expect-error: outside a transaction
  await events.append(database.read, 'fair.updated', fair, { fairId });
  // @ts-expect-error: no such event
  await events.append(tx, 'fair.exploded', fair, { fairId });
  // @ts-expect-error: a field is missing
  await events.append(tx, 'fair.updated', fair, {});
  // @ts-expect-error: a field too many (and personal data at that)
  await events.append(tx, 'fair.updated', fair, { fairId, phone: '13800000000' });
  // @ts-expect-error: another event's data
  await events.append(tx, 'fair.stopChanged', fair, { fairId });
  // @ts-expect-error: a word that is not of the closed set
  await events.append(tx, 'fair.statusChanged', fair, { fairId, from: 'draft', to: 'exploded', reason: '' });
  // @ts-expect-error: a fair's scope has an id
  await events.append(tx, 'fair.updated', { kind: 'fair' }, { fairId });
  await events.appendMany(tx, [{ type: 'fair.updated', scope: fair, data: { fairId } }]);
  // @ts-expect-error: data of another type within a list
  await events.appendMany(tx, [{ type: 'fair.stopChanged', scope: fair, data: { fairId } }]);
}

describe('the types of events', () => {
  it('a consumer is told of its own types only, and each narrows its data', () => {
    const made = projector({
      name: 'types', types: ['fair.updated', 'zone.lockChanged'],
      async project(_tx, events) {
        for (const event of events) {
          if (event.type === 'zone.lockChanged') expect(event.data.locked).toBe(true);
          // @ts-expect-error: it is not told of this one
          if (event.type === 'ticket.registered') throw new Error('unreachable');
          // @ts-expect-error: not every one of its events has a zone
          expect(event.data.zoneId).toBeUndefined();
        }
      },
    });
    expect(made).toMatchObject({ kind: 'projector', name: 'types', batch: 500 });
    // @ts-expect-error: no such event
    expect(reactor({ name: 'types', types: ['fair.exploded'], react: async () => {} }).kind).toBe('reactor');
  });
});
