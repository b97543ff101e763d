import { createSocket, type Socket } from 'node:dgram';

const HERE = '127.0.0.1';
const NUDGE = Buffer.from([0]);
/** How often it is tried whether somebody listens, milliseconds. */
const TRY = 25;
/** Packets held for a receiver that is still starting: some seconds of video. */
const MOST_HELD = 8_000;

/** Sends datagrams to a port of this machine; those that come before anybody listens there are held, in order. */
export class LoopbackPort {
  private held: Buffer[] | null = [];
  private refused = false;
  private timer: NodeJS.Timeout | undefined;

  private constructor(private readonly socket: Socket) {}

  static async open(port: number): Promise<LoopbackPort> {
    const socket = createSocket('udp4');
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject);
      socket.connect(port, HERE, () => {
        socket.off('error', reject);
        resolve();
      });
    });
    const opened = new LoopbackPort(socket);
    // Nobody listens on a port of the loopback: the next use of the socket says so. That is what is waited for here.
    socket.on('error', () => { opened.refused = true; });
    opened.timer = setInterval(() => opened.look(), TRY);
    opened.nudge();
    return opened;
  }

  send(packet: Buffer): void {
    if (this.held === null) return this.write(packet);
    if (this.held.length < MOST_HELD) this.held.push(Buffer.from(packet));
  }

  close(): void {
    clearInterval(this.timer);
    this.held = [];
    this.socket.close();
  }

  private look(): void {
    if (this.refused) {
      this.refused = false;
      return this.nudge();
    }
    clearInterval(this.timer);
    const held = this.held ?? [];
    this.held = null;
    for (const packet of held) this.write(packet);
  }

  private nudge(): void {
    this.write(NUDGE);
    this.write(NUDGE); // the second one hears that the first was refused
  }

  private write(packet: Buffer): void {
    this.socket.send(packet, (error) => { if (error) this.refused = true; });
  }
}

/** Two free ports of the loopback, the first even: RTP and its RTCP. */
export async function freePortPair(): Promise<number> {
  for (;;) {
    const port = 20_000 + 2 * Math.floor(Math.random() * 6_000);
    if ((await isFree(port)) && (await isFree(port + 1))) return port;
  }
}

const isFree = (port: number): Promise<boolean> => new Promise((resolve) => {
  const probe = createSocket('udp4');
  probe.once('error', () => {
    probe.close();
    resolve(false);
  });
  probe.bind(port, HERE, () => probe.close(() => resolve(true)));
});
