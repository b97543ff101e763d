import { randomUUID } from 'node:crypto';
import { MediaLine } from '../support/media-line.js';
import { onAir, setStatus } from '../support/on-air.js';
import { eventually } from '../support/world.js';
import type { Story } from './story.js';

/** From a host's pass to a viewer's consumer, through whichever processes there are. */
export const publishAndWatch: Story = {
  name: 'publish and watch: a host sends, a viewer receives, the broadcast ends for both',
  within: 90_000,
  async tell(world) {
    const show = await onAir(world);
    const params = { broadcastId: show.broadcast.id };
    const join = (as: 'host' | 'viewer') => (as === 'host' ? show.host.admin : world.anyone).call('POST /broadcasts/:broadcastId/join', { params, body: { deviceId: randomUUID(), as } });
    const state = () => world.anyone.call('GET /broadcasts/:broadcastId/state', { params });

    const hostPass = await join('host');
    const origin = world.servers.urls[0]!;
    const lines: MediaLine[] = [];
    try {
      const host = await MediaLine.enter(hostPass, origin);
      lines.push(host);
      const send = await host.transport('send');
      const camera = await host.publish('camera', send.transportId);
      const microphone = await host.publish('microphone', send.transportId);
      await eventually('pages are told that something comes', async () => (await state()).interruptedSince === null);

      const viewerPass = await join('viewer');
      expect([viewerPass.nodeUrl, viewerPass.role, viewerPass.sources]).toEqual([hostPass.nodeUrl, 'viewer', []]);
      const viewer = await MediaLine.enter(viewerPass, origin);
      lines.push(viewer);
      expect(viewer.room.producers.map(({ producerId, source }) => [producerId, source])).toEqual([[camera, 'camera'], [microphone, 'microphone']]);
      const receive = await viewer.transport('receive');
      expect((await viewer.watch(camera, receive.transportId)).kind).toBe('video');
      expect((await viewer.watch(microphone, receive.transportId)).kind).toBe('audio');
      expect(await viewer.publish('camera').catch((error: { code: string }) => error.code)).toBe('sourceNotAllowed');
      // A token opens its own room on its own node, and no other.
      for (const url of world.servers.mediaUrls) {
        const entered = await MediaLine.open(url, { token: `${viewerPass.token}x` }).catch((error: { data?: { code: string } }) => error.data?.code);
        expect(entered).toBe('roomTokenInvalid');
      }

      host.close();
      await eventually('the viewer sees it end', () => viewer.all('producerClosed').length === 2);
      await eventually('and pages are told', async () => (await state()).interruptedSince !== null);
      await setStatus(show, 'ended');
      await eventually('the room is closed', () => viewer.all('roomClosed').length > 0);
      expect(viewer.all('roomClosed')).toEqual([{ reason: 'ended' }]);
      expect(await MediaLine.enter(viewerPass, origin).catch((error: { data?: { code: string } }) => error.data?.code)).toBe('roomClosed');
    } finally {
      for (const line of lines) line.close();
    }
  },
};
