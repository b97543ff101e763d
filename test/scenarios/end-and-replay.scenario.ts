import { randomUUID } from 'node:crypto';
import { Encoder } from '../support/encoder.js';
import { onAir, recorded, replayPlays, setStatus, whipAt } from '../support/on-air.js';
import { eventually } from '../support/world.js';
import type { Story } from './story.js';

export const endAndReplay: Story = {
  slow: true,
  name: 'a broadcast is watched by HLS while it runs, and again after its end',
  within: 120_000,
  async tell(world) {
    const show = await onAir(world);
    const encoder = await Encoder.start();
    try {
      await encoder.publish(whipAt(world, show), show.whip.key);
      await recorded(world, show, 3);
      const pass = await world.anyone.call('POST /broadcasts/:broadcastId/join', { params: { broadcastId: show.broadcast.id }, body: { deviceId: randomUUID(), as: 'viewer' } });
      const address = new URL(pass.hlsUrl!, world.servers.next());
      const newest = async (from: URL) => {
        const text = await (await fetch(from)).text();
        return Number(/#EXT-X-MEDIA-SEQUENCE:(\d+)/.exec(text)?.[1]) + (text.match(/#EXTINF/g)?.length ?? 0);
      };
      const first = await newest(address);
      await eventually('the live playlist grows', async () => (await newest(address)) > first);
      // Whichever node is asked: it need not be the one that records.
      for (const url of world.servers.mediaUrls) expect(await newest(new URL(`/media/hls/${show.broadcast.roomId}/live.m3u8`, url))).toBeGreaterThan(first);
      // The same without pictures: as many segments, of the sound alone.
      const alone = new URL(address.href.replace('live.m3u8', 'live-sound.m3u8'));
      const text = await (await fetch(alone)).text();
      const names = text.split('\n').flatMap((line) => /URI="([^"]+)"/.exec(line)?.[1] ?? (line && !line.startsWith('#') ? line : []));
      expect([names.length > 2, names.filter((name) => !/-sound\.(m4s|mp4)$/.test(name))]).toEqual([true, []]);
      for (const name of names) {
        const [sound, whole] = await Promise.all([name, name.replace('-sound', '')].map(async (one) => (await fetch(new URL(one, alone))).arrayBuffer()));
        expect([name, sound!.byteLength > 500, sound!.byteLength < whole!.byteLength]).toEqual([name, true, true]);
      }
      await setStatus(show, 'ended');
      expect((await replayPlays(world, show)).seconds).toBeGreaterThan(2.5);
      const replay = await world.anyone.call('GET /broadcasts/:broadcastId/replay', { params: { broadcastId: show.broadcast.id } });
      expect(replay.duration).toBeGreaterThan(2_500);
      await expect(encoder.publish(whipAt(world, show), show.whip.key)).rejects.toThrow(/40[13]|410/);
    } finally {
      await encoder.stop();
    }
  },
};
