/**
 * A weak network between a browser and the servers, with real packets: relays for UDP and TCP that lose, hold and block what passes. Each
 * server address (HTTP and signalling) and each media port has its relay; a page is told the relays' ports in place of the real ones.
 */
import { createSocket, type RemoteInfo, type Socket as Udp } from 'node:dgram';
import { connect, createServer, type Server, type Socket } from 'node:net';

const HERE = '127.0.0.1';

export class WeakNetwork {
  /** Share of the packets that are lost on their way to the browser, and from it, 0–1. Media only: TCP loses nothing, it is late. */
  down = 0;
  up = 0;
  /** No UDP passes, or no TCP to media. */
  udpBlocked = false;
  tcpBlocked = false;
  /** A TURN server's ports: what it relays is not on the weak network, and passes always. */
  relays: { from: number; to: number } | null = null;
  /** Relayed addresses of servers, by their own. */
  readonly urls: Record<string, string> = {};
  lost = 0;
  passed = 0;
  private candidates: Record<string, number> = {};
  private isCut = false;
  private readonly closes: (() => void)[] = [];
  private readonly held = new Set<Socket>();

  private constructor() {}

  /**
   * @param servers origins
   * @param media ports of the media nodes
   */
  static async open(servers: readonly string[], media: { udp: number[]; tcp: number[] }): Promise<WeakNetwork> {
    const network = new WeakNetwork();
    for (const origin of new Set(servers)) network.urls[origin] = `http://${HERE}:${await network.relayTcp(Number(new URL(origin).port))}`;
    const relayed = new Map<string, number>();
    for (const port of media.udp) relayed.set(`udp ${port}`, await network.relayUdp(port));
    for (const port of media.tcp) relayed.set(`tcp ${port}`, await network.relayTcp(port, () => network.tcpBlocked));
    network.candidates = Object.fromEntries(relayed);
    return network;
  }

  /** Nothing passes, in either direction: packets are lost, TCP waits. */
  get cut(): boolean { return this.isCut; }
  set cut(cut: boolean) {
    this.isCut = cut;
    for (const socket of this.held) {
      if (cut) socket.pause();
      else socket.resume();
    }
  }

  /** Every TCP connection ends, as when a middlebox forgets it; new ones and UDP pass. */
  hangUp(): void {
    for (const socket of this.held) socket.destroy();
  }

  url(origin: string): string { return this.urls[origin] ?? origin; }

  /** For the page, before anything else: ICE candidates name the relays. */
  get inPage(): string {
    return `(() => {
      const ports = ${JSON.stringify(this.candidates)};
      const set = RTCPeerConnection.prototype.setRemoteDescription;
      RTCPeerConnection.prototype.setRemoteDescription = function (description) {
        const sdp = description.sdp.replace(/^(a=candidate:\\S+ \\d+ )(udp|tcp)( \\d+ \\S+ )(\\d+)( typ host.*)$/gim, (_, before, protocol, middle, port, after) =>
          before + protocol + middle + (ports[protocol.toLowerCase() + ' ' + port] ?? port) + after);
        return set.call(this, { type: description.type, sdp });
      };
    })()`;
  }

  close(): void {
    for (const close of this.closes.splice(0)) close();
  }

  private lose(share: number): boolean {
    const gone = this.isCut || this.udpBlocked || Math.random() < share;
    if (gone) this.lost += 1;
    else this.passed += 1;
    return gone;
  }

  private async relayUdp(target: number): Promise<number> {
    const front = createSocket('udp4');
    const backs = new Map<string, Udp>();
    front.on('message', (bytes, from) => {
      if (this.isRelay(from) || !this.lose(this.up)) this.back(front, backs, from, target).send(bytes, target, HERE);
    });
    await new Promise<void>((resolve) => front.bind(0, HERE, resolve));
    this.closes.push(() => { front.close(); for (const back of backs.values()) back.close(); });
    return front.address().port;
  }

  private back(front: Udp, backs: Map<string, Udp>, { address, port }: RemoteInfo, target: number): Udp {
    const key = `${address}:${port}`;
    const known = backs.get(key);
    if (known) return known;
    const back = createSocket('udp4');
    back.on('message', (bytes, from) => { if (from.port === target && (this.isRelay({ port }) || !this.lose(this.down))) front.send(bytes, port, address); });
    back.bind(0, HERE);
    backs.set(key, back);
    return back;
  }

  private isRelay({ port }: { port: number }): boolean {
    return this.relays !== null && port >= this.relays.from && port <= this.relays.to;
  }

  private async relayTcp(target: number, blocked = () => false): Promise<number> {
    const server: Server = createServer((near) => {
      if (blocked()) return void near.destroy();
      const far = connect(target, HERE);
      for (const [one, other] of [[near, far], [far, near]] as const) {
        this.held.add(one);
        if (this.isCut) one.pause();
        one.on('data', (bytes) => void other.write(bytes));
        one.on('error', () => other.destroy());
        one.on('close', () => { this.held.delete(one); other.end(); });
      }
    });
    await new Promise<void>((resolve) => server.listen(0, HERE, resolve));
    this.closes.push(() => { server.close(); for (const socket of this.held) socket.destroy(); });
    return (server.address() as { port: number }).port;
  }
}
