import pg from 'pg';
import type { Story } from './story.js';
import { eventually, hear, subscribe } from '../support/world.js';

/** The relay's lock (libs/events/relay.ts): whoever holds it in a transaction may give positions. */
const relayLock = 0x66_77_45_56n;

/**
 * A relay that dies between commit and publish has written the positions and told nobody. That moment is made here, not
 * waited for: this test is the relay that gives the positions, and then says nothing.
 */
export const relayKilled: Story = {
  name: 'the relay killed between commit and publish: the log is the truth, everybody hears',
  async tell(world) {
    const bureau = await world.bureau();
    const { fair } = await world.openFair(bureau);
    const params = { fairId: fair.id };
    const sockets = await Promise.all(world.servers.urls.map((_, index) => world.live(undefined, index)));
    const heard = sockets.map(hear);
    for (const socket of sockets) await subscribe(socket, { topic: { kind: 'fair', id: fair.id } });

    const relay = new pg.Client({ connectionString: world.servers.databaseUrl });
    await relay.connect();
    try {
      await relay.query('BEGIN');
      await relay.query('SELECT pg_advisory_xact_lock($1)', [String(relayLock)]);
      await bureau.admin.call('POST /fairs/:fairId/stop', { params, body: { stopped: true, reason: '消防检查' } });
      const { rowCount } = await relay.query(`
        WITH batch AS (SELECT id, row_number() OVER (ORDER BY seq) AS n FROM "Event" WHERE position IS NULL),
             state AS (UPDATE "RelayState" SET position = position + (SELECT count(*) FROM batch) WHERE id = 1 RETURNING position)
        UPDATE "Event" e SET position = state.position - (SELECT count(*) FROM batch) + batch.n FROM batch, state WHERE e.id = batch.id`);
      expect(rowCount).toBeGreaterThan(0);
      await relay.query('COMMIT');
    } finally {
      await relay.end();
    }
    for (const { events } of heard) await eventually('the stop on every process', () => events.some(({ type }) => type === 'fair.stopChanged'));
    // And what comes after it arrives behind it, once.
    await bureau.admin.call('POST /fairs/:fairId/stop', { params, body: { stopped: false, reason: '检查完了' } });
    for (const { events } of heard) {
      await eventually('the end of the stop', () => events.filter(({ type }) => type === 'fair.stopChanged').length === 2);
      const positions = events.map(({ position }) => position);
      expect(positions).toEqual([...new Set(positions)].sort((a, b) => a - b));
    }
  },
};
