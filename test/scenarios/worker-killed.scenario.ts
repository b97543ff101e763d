import { randomUUID } from 'node:crypto';
import { MediaLine } from '../support/media-line.js';
import { onAir } from '../support/on-air.js';
import { eventually } from '../support/world.js';
import type { Story } from './story.js';

const WITHIN = 5_000;

/** A worker is killed, and then the whole node: rooms come back by themselves, and nobody is told a lie. */
export const workerKilled: Story = {
  name: 'a media worker killed: its rooms are back within 5 s; a media node killed: they are placed anew',
  within: 120_000,
  async tell(world) {
    const show = await onAir(world);
    const params = { broadcastId: show.broadcast.id };
    const origin = world.servers.urls[0]!;
    const join = (as: 'host' | 'viewer') => (as === 'host' ? show.host.admin : world.anyone).call('POST /broadcasts/:broadcastId/join', { params, body: { deviceId: randomUUID(), as } });
    const placings = () => world.servers.query<{ epoch: string; nodeId: string }>(
      `SELECT data->>'epoch' AS epoch, data->>'nodeId' AS "nodeId" FROM "Event" WHERE type = 'room.placed' AND data->>'roomId' = $1 ORDER BY seq`, [show.broadcast.roomId]);
    const pass = await join('host');
    const [host, viewer] = [await MediaLine.enter(pass, origin), await MediaLine.enter(await join('viewer'), origin)];
    const lines = [host, viewer];
    try {
      await viewer.watch(await host.publish('camera'));
      const workers = await world.servers.mediaWorkers();
      expect(workers.length).toBeGreaterThan(0);
      for (const pid of workers) process.kill(pid, 'SIGKILL');
      await eventually('both enter again', () => host.all('entered').length === 2 && viewer.all('entered').length === 2, WITHIN);
      const camera = await host.publish('camera');
      await eventually('the viewer is told', () => viewer.all('producerAdded').some(({ producerId }) => producerId === camera));
      await viewer.watch(camera);
      expect(await placings()).toHaveLength(1);

      await world.servers.crashMedia(pass.nodeUrl || origin);
      await eventually('their lines are lost', () => !host.socket.connected && !viewer.socket.connected);
      const again = await eventually('another pass opens it', async () => {
        const next = await join('host').catch(() => null);
        const line = next && await MediaLine.enter(next, origin).catch(() => null);
        if (line) lines.push(line);
        return line;
      }, 15_000);
      expect(again.room.producers).toEqual([]);
      await again.publish('camera');
      const epochs = await placings();
      expect(epochs.map(({ epoch }) => Number(epoch))).toEqual(epochs.map((_, n) => n + 1));
      expect(epochs.length).toBeGreaterThan(1);
    } finally {
      for (const line of lines) line.close();
    }
  },
};
