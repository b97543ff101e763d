/**
 * A line to a media node that loses packets: a UDP proxy beside the node, and the script that makes a page use it. This kernel may have no
 * netem; a proxy needs no rights either.
 */
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

export class LossyLine {
  /** Of the packets to the page, and from it: 0 none, 1 all. */
  loss = 0;
  /** What went through, both ways. */
  passed = 0;
  private readonly clients = new Map<string, Socket>();

  private constructor(private readonly socket: Socket, private readonly target: number) {
    socket.on('message', (packet, { address, port }) => {
      if (!this.lost()) this.upstream(address, port).send(packet, this.target, '127.0.0.1');
    });
  }

  /** @param target port of the node on the loopback */
  static async open(target: number): Promise<LossyLine> {
    const socket = createSocket('udp4');
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    return new LossyLine(socket, target);
  }

  get port(): number {
    return (this.socket.address() as AddressInfo).port;
  }

  close(): void {
    for (const client of this.clients.values()) client.close();
    this.socket.close();
  }

  private upstream(address: string, port: number): Socket {
    const name = `${address}:${port}`;
    let client = this.clients.get(name);
    if (!client) {
      client = createSocket('udp4');
      client.on('message', (packet) => { if (!this.lost()) this.socket.send(packet, port, address); });
      this.clients.set(name, client);
    }
    return client;
  }

  private lost(): boolean {
    const lost = Math.random() < this.loss;
    if (!lost) this.passed += 1;
    return lost;
  }
}

/** The page asks `lineTo` for the proxy of a port; `withTcp`: the node's TCP port stays as it is, else it is not offered. */
export const throughLine = (withTcp: boolean): string => `(() => {
  const set = RTCPeerConnection.prototype.setRemoteDescription;
  RTCPeerConnection.prototype.setRemoteDescription = async function (description) {
    const lines = [];
    for (const line of description.sdp.split('\\r\\n')) {
      const parts = line.split(' ');
      if (!line.startsWith('a=candidate:')) lines.push(line);
      else if (parts[2].toLowerCase() === 'udp') { parts[5] = String(await window.lineTo(Number(parts[5]))); lines.push(parts.join(' ')); }
      else if (${withTcp}) lines.push(line);
    }
    return set.call(this, { type: description.type, sdp: lines.join('\\r\\n') });
  };
})();`;
