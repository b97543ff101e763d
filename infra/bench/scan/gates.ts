/** Gates with keep-alive: each holds one connection, and asks the next scan when the last is answered. */
import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import type { BenchHall } from './hall.js';

export interface Load { gates: number; seconds: number; /** Scans a second of all gates together; absent: as many as they can. */ rate?: number }
export interface Measured { rate: number; /** Milliseconds from when it was sent, or at a rate from when it was due, to its answer. */ p50: number; p99: number; /** Answers that were no admission: a bench that is refused measures nothing. */ wrong: number; /** When each was answered, milliseconds since 1970. */ answered: number[] }

const TOGETHER = 32;

/** Scans go in and out by turns, each gate with tickets of its own; tokens go round, so that no device is asked too much. */
export class Gates {
  /** Admissions that were answered since the hall was made. */
  admitted = 0;
  private readonly within: boolean[];
  private turn = 0;

  constructor(private readonly url: string, private readonly hall: BenchHall) {
    this.within = hall.codes.map(() => false);
  }

  /** Tickets whose last admission was an entry. */
  get inside(): number {
    return this.within.filter(Boolean).length;
  }

  async run({ gates, seconds, rate }: Load): Promise<Measured> {
    const agent = new Agent({ keepAlive: true, maxSockets: gates, maxFreeSockets: gates });
    await this.connect(agent, gates);
    const [took, answered]: [number[], number[]] = [[], []];
    let wrong = 0;
    const since = performance.now();
    const until = since + seconds * 1_000;
    const each = Math.floor(this.hall.codes.length / gates);
    const one = async (gate: number) => {
      for (let n = 0; ; n++) {
        // At a rate, a scan takes from when it was due: one that had to wait for the last one's answer has waited.
        const began = rate ? since + ((gate + n * gates) / rate) * 1_000 : performance.now();
        if (began >= until) return;
        const wait = began - performance.now();
        if (wait > 0) await new Promise((done) => setTimeout(done, wait));
        const ticket = gate * each + (n % each);
        const admitted = await this.scan(agent, ticket);
        const now = performance.now();
        took.push(now - began);
        answered.push(performance.timeOrigin + now);
        if (!admitted) wrong++;
      }
    };
    await Promise.all(Array.from({ length: gates }, (_, gate) => one(gate)));
    agent.destroy();
    took.sort((a, b) => a - b);
    const at = (share: number) => took[Math.min(took.length - 1, Math.floor(took.length * share))] ?? 0;
    return { rate: took.length / ((performance.now() - since) / 1_000), p50: at(0.5), p99: at(0.99), wrong, answered };
  }

  /** A gate is connected all day: a rush of new connections is not what is measured. */
  private async connect(agent: Agent, gates: number): Promise<void> {
    for (let open = 0; open < gates; open += TOGETHER) {
      await Promise.all(Array.from({ length: Math.min(TOGETHER, gates - open) }, () => new Promise<void>((resolve, reject) => {
        const sent = request(`${this.url}/readyz`, { agent }, (response) => { response.resume().once('end', resolve); });
        sent.once('error', reject).end();
      })));
    }
  }

  private scan(agent: Agent, ticket: number): Promise<boolean> {
    const direction = this.within[ticket] ? 'exit' : 'entry';
    const token = this.hall.tokens[this.turn++ % this.hall.tokens.length]!;
    const body = JSON.stringify({ id: randomUUID(), direction, code: this.hall.codes[ticket], happenedAt: new Date().toISOString() });
    return new Promise((resolve, reject) => {
      const sent = request(`${this.url}/api/scans`, { agent, method: 'POST', headers: { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body), Authorization: `Bearer ${token}` } }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => { text += chunk; }).on('end', () => {
          const admitted = text.includes('"admitted":true');
          if (admitted) {
            this.within[ticket] = direction === 'entry';
            this.admitted++;
          }
          resolve(admitted);
        });
      });
      sent.once('error', reject);
      sent.end(body);
    });
  }
}
