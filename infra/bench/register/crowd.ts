/** Phones with keep-alive connections: whoever is next in the crowd asks as soon as a line is free, or at a rate. */
import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { accessToken } from './fairs.js';

export interface Rush { fairId: string; accounts: string[]; lines: number; /** Registrations a second; absent: as many as they can. */ rate?: number }
export interface Answers { rate: number; p50: number; p99: number; /** By status: 201 has a place, 409 has none. */ statuses: Map<number, number> }

export async function rush(url: string, { fairId, accounts, lines, rate }: Rush): Promise<Answers> {
  const agent = new Agent({ keepAlive: true, maxSockets: lines, maxFreeSockets: lines });
  const tokens = accounts.map((id) => accessToken(id));
  await Promise.all(Array.from({ length: lines }, () => ask(agent, `${url}/readyz`, 'GET')));
  const took: number[] = [];
  const statuses = new Map<number, number>();
  const since = performance.now();
  let next = 0;
  const line = async () => {
    for (let n = next++; n < tokens.length; n = next++) {
      const began = rate ? since + (n / rate) * 1_000 : performance.now(); // from when it was due: who waits for a line has waited
      const wait = began - performance.now();
      if (wait > 0) await new Promise((done) => setTimeout(done, wait));
      const status = await ask(agent, `${url}/api/fairs/${fairId}/tickets`, 'POST', tokens[n]);
      took.push(performance.now() - began);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: lines }, line));
  const seconds = (performance.now() - since) / 1_000;
  agent.destroy();
  took.sort((a, b) => a - b);
  const at = (share: number) => took[Math.min(took.length - 1, Math.floor(took.length * share))] ?? 0;
  return { rate: took.length / seconds, p50: at(0.5), p99: at(0.99), statuses };
}

function ask(agent: Agent, url: string, method: string, token?: string): Promise<number> {
  const body = token ? JSON.stringify({ requestKey: randomUUID() }) : '';
  const headers = token ? { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body), Authorization: `Bearer ${token}` } : {};
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent, method, headers }, (response) => { response.resume().once('end', () => resolve(response.statusCode ?? 0)); });
    sent.once('error', reject).end(body);
  });
}
