/** Debian's Janus as a child process, and as much of its HTTP interface as a video room needs. */
import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../server.js';

interface Answer {
  janus: string;
  transaction?: string;
  data?: { id: number };
  jsep?: { type: string; sdp: string };
  plugindata?: { data: { error?: string } };
}

const PROGRAM = '/usr/bin/janus';
export const janusIsThere = () => existsSync(PROGRAM);

/** Debian keeps plugins below the machine's triplet. */
function libraries(): string {
  const found = readdirSync('/usr/lib').map((name) => join('/usr/lib', name, 'janus')).find((folder) => existsSync(folder));
  if (!found) throw new Error('janus is installed without its plugins');
  return found;
}

/** Only the video room and HTTP are loaded; ports and everything else that Debian sets are ours. */
async function writeSettings(folder: string, port: number): Promise<void> {
  const root = libraries();
  const others = (kind: string, kept: string) => readdirSync(join(root, kind)).filter((file) => file.endsWith('.so') && file !== kept).join(',');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'janus.jcfg'), `
    general: { configs_folder = "${folder}"; plugins_folder = "${root}/plugins"; transports_folder = "${root}/transports"; events_folder = "${root}/events"; loggers_folder = "${root}/loggers"; debug_level = 2; session_timeout = 0; }
    media: { ipv6 = false; rtp_port_range = "20000-39000"; }
    nat: { ice_lite = true; ice_tcp = false; }
    plugins: { disable = "${others('plugins', 'libjanus_videoroom.so')}"; }
    transports: { disable = "${others('transports', 'libjanus_http.so')}"; }`);
  await writeFile(join(folder, 'janus.transport.http.jcfg'), `general: { base_path = "/janus"; http = true; port = ${port}; ip = "127.0.0.1"; https = false; }\nadmin: { admin_http = false; }`);
  await writeFile(join(folder, 'janus.plugin.videoroom.jcfg'), 'general: { }');
}

export class JanusClient {
  private readonly waiting = new Map<string, (answer: Answer) => void>();
  private session = '';
  private open = true;

  private constructor(private readonly child: ChildProcess, private readonly url: string) {}

  /** `loopback`: loopback.c, compiled. */
  static async start(folder: string, loopback: string): Promise<JanusClient> {
    const port = await freePort();
    await writeSettings(folder, port);
    const child = spawn(PROGRAM, ['-F', folder, '-C', join(folder, 'janus.jcfg')], { env: { PATH: process.env.PATH, LD_PRELOAD: loopback }, stdio: 'ignore' });
    const client = new JanusClient(child, `http://127.0.0.1:${port}/janus`);
    for (let tries = 0; !(await fetch(`${client.url}/info`).then(({ ok }) => ok, () => false)); tries++) {
      if (tries === 100 || child.exitCode !== null) throw new Error('Janus did not start');
      await new Promise((done) => setTimeout(done, 100));
    }
    client.session = `${client.url}/${(await client.post(client.url, { janus: 'create' })).data!.id}`;
    void client.listen();
    return client;
  }

  get pid(): number {
    return this.child.pid!;
  }

  /** A handle on the video room: sends a request, and resolves to the event that answers it. */
  async attach(): Promise<(body: object, jsep?: object) => Promise<Answer>> {
    const attached = await this.post(this.session, { janus: 'attach', plugin: 'janus.plugin.videoroom' });
    const handle = `${this.session}/${attached.data!.id}`;
    return (body, jsep) => new Promise((resolve, reject) => {
      const transaction = randomUUID();
      const settle = (answer: Answer) => {
        this.waiting.delete(transaction);
        const error = answer.plugindata?.data.error;
        if (error) reject(new Error(`Janus: ${error}`));
        else resolve(answer);
      };
      this.waiting.set(transaction, settle);
      // Some requests are answered at once, others by an event.
      this.post(handle, { janus: 'message', transaction, body, jsep }).then((answer) => { if (answer.janus === 'success') settle(answer); }, reject);
    });
  }

  async close(): Promise<void> {
    this.open = false;
    const ended = once(this.child, 'exit');
    this.child.kill('SIGKILL'); // it has nothing to save, and takes seconds to hang up hundreds of peers
    await ended;
  }

  private async post(url: string, body: object): Promise<Answer> {
    const response = await fetch(url, { method: 'POST', body: JSON.stringify({ transaction: randomUUID(), ...body }) });
    const answer = (await response.json()) as Answer;
    if (answer.janus === 'error') throw new Error(`Janus: ${JSON.stringify(answer)}`);
    return answer;
  }

  private async listen(): Promise<void> {
    while (this.open) {
      const events = await fetch(`${this.session}?maxev=50`).then((response) => response.json() as Promise<Answer | Answer[]>, () => []);
      for (const event of [events].flat()) if (event.janus === 'event' && event.transaction) this.waiting.get(event.transaction)?.(event);
    }
  }
}
