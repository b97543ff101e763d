import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { MediaLine } from '../support/media-line.js';
import { onAir } from '../support/on-air.js';
import type { Story } from './story.js';

interface Candidate { ip?: string; address?: string; port: number; protocol: string; tcpType?: string }

/** Some networks let no UDP through: such a viewer is given TCP alone, and somebody listens there. */
export const udpBlocked: Story = {
  name: 'a viewer whose network blocks UDP: TCP candidates only, and they can be reached',
  within: 90_000,
  async tell(world) {
    const show = await onAir(world);
    const params = { broadcastId: show.broadcast.id };
    const pass = await world.anyone.call('POST /broadcasts/:broadcastId/join', { params, body: { deviceId: randomUUID(), as: 'viewer' } });
    const line = await MediaLine.enter(pass, world.servers.urls[0]!);
    try {
      const usual = (await line.transport('receive')).iceCandidates as Candidate[];
      expect(usual.map(({ protocol }) => protocol).sort()).toEqual(['tcp', 'udp']);
      const candidates = (await line.transport('receive', true)).iceCandidates as Candidate[];
      expect(candidates.map(({ protocol, tcpType }) => [protocol, tcpType])).toEqual([['tcp', 'passive']]);
      const [{ ip, address, port }] = candidates as [Candidate];
      await new Promise<void>((resolve, reject) => {
        const socket = connect(port, address ?? ip, () => {
          socket.destroy();
          resolve();
        }).once('error', reject);
      });
    } finally {
      line.close();
    }
  },
};
