/** The whole API on a port of its own, clients of its sockets, and facts to tell them. */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { io } from 'socket.io-client';
import type { Ack, Subscribe, Subscribed } from '#libs/contracts';
import { Consumers, Events, Feed, type AnyDraft } from '#libs/events';
import { AccessTokens, type AccountActor } from '#libs/identity';
import { bootModule, configureHttp, Database, newId, PlatformModule, Seal, Settings } from '#libs/platform';
import { ApiModule } from '../../apps/api/src/api.module.js';
import { enrol } from './actors.js';
import { testApplication, type TestApplication } from './application.js';
import type { LiveSocket } from './world.js';

export interface LiveFair { id: string; organiser: AccountActor & { organisationId: string }; venue: string; gateId: string }

export class LiveApi {
  private readonly clients: LiveSocket[] = [];

  private constructor(readonly api: TestApplication) {}

  static async start(): Promise<LiveApi> {
    return new LiveApi(await testApplication({ imports: [ApiModule] }));
  }

  get = <T>(type: new (...parts: never[]) => T): T => this.api.app.get(type, { strict: false });
  get feed(): Feed { return this.get(Feed); }
  /** Everything that was appended has reached the consumers and the feed. */
  settled = (): Promise<void> => this.get(Consumers).settled();

  /** `afterEach`: the clients go. */
  leave(): void {
    this.clients.splice(0).forEach((client) => client.disconnect());
  }

  close(): Promise<void> {
    return this.api.close();
  }

  /** Opens a line; rejects with what the server says when it is refused. */
  async open(token?: unknown, options: object = {}, url = this.api.url): Promise<LiveSocket> {
    const client: LiveSocket = io(url, { auth: token === undefined ? {} : { token }, transports: ['websocket'], forceNew: true, reconnection: false, ...options });
    this.clients.push(client);
    await new Promise<void>((resolve, reject) => client.once('connect', resolve).once('connect_error', reject));
    return client;
  }

  tokenOf = async (actor: AccountActor): Promise<string> => {
    await enrol(this.api.database, actor);
    return this.get(AccessTokens).issue(actor);
  };
  openAs = async (actor: AccountActor): Promise<LiveSocket> => this.open(await this.tokenOf(actor));

  append(...drafts: AnyDraft[]): Promise<void> {
    return this.api.database.transaction((tx) => this.get(Events).appendMany(tx, drafts));
  }

  async fair(status: 'draft' | 'published' | 'open' = 'open'): Promise<LiveFair> {
    const [id, venue, gateId, organisationId] = [newId(), newId(), newId(), newId()];
    const db = this.api.database.read;
    const [startsAt, endsAt] = [new Date(Date.now() - 3_600_000), new Date(Date.now() + 3_600_000)];
    await db.fair.create({ data: { id, organiserId: organisationId, name: '春风专场', channel: 'hall', status, regionCode: '350100', startsAt, endsAt } });
    await db.zone.create({ data: { id: venue, fairId: id, name: '全场', approvedNumber: 100 } });
    await db.zoneState.create({ data: { zoneId: venue, fairId: id } });
    await db.gate.create({ data: { id: gateId, fairId: id, zoneId: venue, name: '1 号门' } });
    return { id, venue, gateId, organiser: { role: 'organiserStaff', accountId: newId(), organisationId } };
  }

  async device({ id: fairId, gateId }: LiveFair): Promise<{ id: string; token: string }> {
    const [id, token] = [newId(), `dev_${randomUUID()}`];
    await this.api.database.read.device.create({ data: { id, fairId, gateId, name: '手机', tokenHash: this.get(Seal).hash(token) } });
    return { id, token };
  }

  /** Another process of the same installation, as far as its clients can tell. */
  async second(): Promise<{ url: string; close(): Promise<void> }> {
    const database = new Database({ url: this.api.databaseUrl, connections: 5 });
    const settings = Object.assign(new Settings(), { ...this.api.settings, port: 0 });
    class Root {}
    const app = await NestFactory.create<NestExpressApplication>({ module: Root, imports: [bootModule(settings, database), PlatformModule, ApiModule] },
      { bodyParser: false, logger: false, forceCloseConnections: true });
    configureHttp(app, settings);
    await app.listen(0, '127.0.0.1');
    const { port } = app.getHttpServer().address() as { port: number };
    return {
      url: `http://127.0.0.1:${port}`,
      close: async () => {
        await app.close();
        await database.close();
      },
    };
  }
}

/** Sends anything under any name, as a program that is not ours would. */
export const send = (client: LiveSocket, name: string, ...args: unknown[]): Promise<Ack<Subscribed>> =>
  (client as unknown as { timeout(ms: number): { emitWithAck(...all: unknown[]): Promise<Ack<Subscribed>> } }).timeout(5_000).emitWithAck(name, ...args);

/** Rejects with the error of the answer. */
export async function watch(client: LiveSocket, request: Subscribe): Promise<Subscribed> {
  const answer = await send(client, 'subscribe', request);
  if (!answer.ok) throw Object.assign(new Error(answer.error.code), answer.error);
  return answer.data;
}

export async function until(what: string, condition: () => unknown, ms = 15_000): Promise<void> {
  for (const end = Date.now() + ms; !condition();) {
    if (Date.now() > end) throw new Error(`it did not happen: ${what}`);
    await pause(10);
  }
}

const scope = ({ id }: LiveFair) => ({ kind: 'fair', id }) as const;
export const updated = (fair: LiveFair): AnyDraft => ({ type: 'fair.updated', scope: scope(fair), data: { fairId: fair.id } });
export const paired = (fair: LiveFair): AnyDraft => ({ type: 'device.paired', scope: scope(fair), data: { fairId: fair.id, deviceId: newId(), gateId: fair.gateId } });
export const lockChanged = (fair: LiveFair, reason = ''): AnyDraft =>
  ({ type: 'zone.lockChanged', scope: scope(fair), data: { fairId: fair.id, zoneId: fair.venue, locked: true, reason } });
/** @param inside after it */
export const entry = (fair: LiveFair, inside: number): AnyDraft => ({
  type: 'checkIn.recorded', scope: scope(fair),
  data: {
    fairId: fair.id, checkInId: newId(), scanId: newId(), ticketId: newId(), gateId: fair.gateId, direction: 'entry', first: true, override: false,
    zones: [{ zoneId: fair.venue, change: 1, inside }],
  },
});
