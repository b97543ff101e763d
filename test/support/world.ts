/** The people of a scenario, made through the API alone, as real people would be. */
import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { io, type Socket } from 'socket.io-client';
import type { Ack, AnyEnvelope, ClientToServer, DeskSnapshot, Fair, Gate, JobInput, ScanResult, ServerToClient, Snapshot, Subscribe, Subscribed, Ticket } from '#libs/contracts';
import { codeFor } from '../../infra/bench/texts.js';
import { Caller } from './caller.js';
import type { Servers } from './servers.js';

export interface Bureau { admin: Caller; organisationId: string; regionCode: string }
export interface Employer { admin: Caller; organisationId: string; name: string }
export interface Candidate { caller: Caller; phone: string; accountId: string }
export interface OpenFair { fair: Fair; gates: Gate[] }

export type LiveSocket = Socket<ServerToClient, ClientToServer>;

const password = 'spring-wind-2026';
const regionCode = '350100';
const hours = (n: number) => new Date(Date.now() + n * 3_600_000).toISOString();
const letters = () => randomBytes(4).toString('hex');

/** Waits until `look` gives something, or fails with `what` after `within` milliseconds. */
export async function eventually<T>(what: string, look: () => Promise<T | null | undefined | false> | T | null | undefined | false, within = 20_000): Promise<T> {
  for (const since = Date.now(); ;) {
    const seen = await look();
    if (seen) return seen;
    if (Date.now() - since > within) throw new Error(`Not within ${within} ms: ${what}`);
    await new Promise((done) => setTimeout(done, 30));
  }
}

/** What `work` gives, or a failure with `what` when it has not come `ms` milliseconds from now: for what must happen in a time that somebody was promised. */
export async function within<T>(ms: number, what: string, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => { timer = setTimeout(() => reject(new Error(`Not within ${ms} ms: ${what}`)), ms); });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

export class World {
  readonly anyone: Caller;
  private readonly sockets: LiveSocket[] = [];

  private constructor(readonly servers: Servers, readonly platform: Caller) {
    this.anyone = new Caller(() => servers.next());
  }

  /** Opens the one-time link that an empty external database prints, and is the platform's administrator. */
  static async open(servers: Servers): Promise<World> {
    const token = await eventually('the first administrator’s link in the log', () =>
      servers.lines.map((line) => /https?:\/\/\S*\/link\/([\w-]+)/.exec(line)?.[1]).find(Boolean));
    const anyone = new Caller(() => servers.next());
    const signedIn = await anyone.call('POST /auth/links/use', { body: { token, password, loginName: 'platform', displayName: '平台管理员' } });
    return new World(servers, anyone.as(signedIn.accessToken, async () => (await anyone.call('POST /auth/sign-in', { body: { loginName: 'platform', password } })).accessToken));
  }

  close(): void {
    for (const socket of this.sockets) socket.disconnect();
  }

  async bureau(): Promise<Bureau> {
    const organisation = await this.platform.call('POST /organisations/organisers', { body: { name: `福州市人社局 ${letters()}`, regionCode, department: '人社' } });
    const link = await this.platform.call('POST /organisations/:organisationId/invitations', { params: { organisationId: organisation.id }, body: { role: 'organiserAdmin' } });
    return { admin: await this.join(link.url, '陈科长'), organisationId: organisation.id, regionCode };
  }

  /** Follows an invitation's link and signs in as a new colleague. */
  async join(url: string, displayName: string): Promise<Caller> {
    const token = url.split('/').at(-1)!;
    const loginName = `u-${letters()}`;
    const { accessToken } = await this.anyone.call('POST /auth/links/use', { body: { token, password, loginName, displayName } });
    return this.anyone.as(accessToken, async () => (await this.anyone.call('POST /auth/sign-in', { body: { loginName, password } })).accessToken);
  }

  async employer(name = `海峤精密 ${letters()}`): Promise<Employer> {
    const signedIn = await this.anyone.call('POST /organisations/employers', { body: {
      name, creditCode: creditCode(), regionCode, about: '做精密零件的厂。', loginName: `e-${letters()}`, password, displayName: '林人事',
    } });
    return { admin: this.anyone.as(signedIn.accessToken), organisationId: signedIn.account.organisation!.id, name };
  }

  /** Uploads a licence and has the bureau approve it. */
  async verify(employer: Employer, bureau: Bureau, expiresOn = '2099-12-31'): Promise<void> {
    const licence = await employer.admin.upload('POST /organisations/:organisationId/licences', { organisationId: employer.organisationId },
      { name: '营业执照.png', type: 'image/png', bytes: onePixelPng }, { number: `YZ${letters()}`, expiresOn });
    await bureau.admin.call('POST /licences/:licenceId/review', { params: { licenceId: licence.id }, body: { approved: true } });
  }

  /** Signs in by phone; the code stands in the server's log, because no provider of text messages is set. @param phone eleven digits; somebody may be known by it */
  async candidate(phone = `13${randomInt(9)}${String(randomInt(1e8)).padStart(8, '0')}`): Promise<Candidate> {
    const before = this.servers.lines.length;
    const asked = await this.anyone.call('POST /auth/phone-code', { body: { phone } });
    if (!asked.shownInLog) throw new Error('The code should be in the log.');
    const code = await eventually('the code in the log', () => codeFor(phone, this.servers.lines, before));
    const signedIn = await this.anyone.call('POST /auth/sign-in-by-phone', { body: { phone, code } });
    return { caller: this.anyone.as(signedIn.accessToken), phone, accountId: signedIn.account.accountId };
  }

  /** Who has said their name, and what they learned. */
  async named(name: string): Promise<Candidate> {
    const one = await this.candidate();
    await one.caller.call('PATCH /me/profile', { body: { name, education: '中专', experienceYears: 3 } });
    return one;
  }

  /** A hall fair that is open now, with zones A and B and three gates: the venue's, A's and B's. */
  async openFair(bureau: Bureau, { approved = 3_600, zoneA = Math.min(1_200, approved), zoneB = Math.min(900, approved), quota = null as number | null, status = 'open' as 'draft' | 'published' | 'open' } = {}): Promise<OpenFair> {
    let fair = await bureau.admin.call('POST /fairs', { body: {
      name: `春风招聘会 ${letters()}`, campaign: '2026年春风行动暨就业援助季专场招聘活动', channel: 'both', venueName: '澜江会展中心', venueAddress: '澜江路 1 号',
      regionCode, startsAt: hours(-1), endsAt: hours(6), quota, approvedNumber: approved,
    } });
    const params = { fairId: fair.id };
    fair = await bureau.admin.call('PUT /fairs/:fairId/zones', { params, body: { zones: [
      { letter: 'A', name: '制造业', approvedNumber: zoneA, x: 0, y: 0, width: 300, height: 200 },
      { letter: 'B', name: '社区服务', approvedNumber: zoneB, x: 320, y: 0, width: 300, height: 200 },
    ] } });
    const zone = (letter: string) => fair.zones.find((each) => each.letter === letter)!.id;
    const gates: Gate[] = [];
    for (const [name, zoneId] of [['1 号门', fair.venue.id], ['A 区门', zone('A')], ['B 区门', zone('B')]] as const) {
      gates.push(await bureau.admin.call('POST /fairs/:fairId/gates', { params, body: { zoneId, name, direction: 'both', deskHint: '服务台在门的左手边' } }));
    }
    if (status !== 'draft') fair = await bureau.admin.call('POST /fairs/:fairId/status', { params, body: { to: 'published' } });
    if (status === 'open') fair = await bureau.admin.call('POST /fairs/:fairId/status', { params, body: { to: 'open' } });
    return { fair, gates };
  }

  /** What a job that may be published says. */
  job(): JobInput {
    return {
      title: '装配工', headCount: 30, conditions: '能倒班，男女不限。', content: '装配电机零件，学徒可带。', place: '澜江工业园 3 号楼', regionCode,
      payMin: 5_500, payMax: 7_000, payUnit: 'month', payTerms: '底薪 4,200 + 计件', validUntil: '2099-01-01', tags: ['urgent', 'noExperience'],
    };
  }

  async device(bureau: Bureau, gate: Gate): Promise<Caller> {
    const { code } = await bureau.admin.call('POST /gates/:gateId/pairing-codes', { params: { gateId: gate.id } });
    const { deviceToken } = await this.anyone.call('POST /devices/pair', { body: { code, name: '门岗手机' } });
    return this.anyone.as(deviceToken);
  }

  ticket(candidate: Candidate, fairId: string): Promise<Ticket> {
    return candidate.caller.call('POST /fairs/:fairId/tickets', { params: { fairId }, body: {} });
  }

  /** Walk-in tickets, made at a gate: as many people as a scenario needs, with no phones. */
  async walkIns(device: Caller, fairId: string, count: number): Promise<Ticket[]> {
    const tickets: Ticket[] = [];
    for (let n = 0; n < count; n++) tickets.push(await device.call('POST /fairs/:fairId/walk-ins', { params: { fairId }, body: { requestKey: randomUUID() } }));
    return tickets;
  }

  /** A live connection to one process; `index` chooses it. `deviceId`: as which browser, for people who are not signed in. */
  async live(token: string | undefined, index = 0, deviceId?: string): Promise<LiveSocket> {
    const urls = this.servers.urls;
    const socket: LiveSocket = io(urls[index % urls.length]!, { auth: { ...(token && { token }), ...(deviceId && { deviceId }) }, transports: ['websocket'], forceNew: true, reconnection: false });
    this.sockets.push(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', reject);
    });
    return socket;
  }
}

/** Subscribes, or fails with the refusal. */
export async function subscribe(socket: LiveSocket, request: Subscribe): Promise<Subscribed> {
  const answer = (await socket.timeout(10_000).emitWithAck('subscribe', request)) as Ack<Subscribed>;
  if (!answer.ok) throw new Error(`subscribe was refused: ${answer.error.code}`);
  return answer.data;
}

/** Collects what a socket hears. */
export function hear(socket: LiveSocket): { events: AnyEnvelope[]; snapshots: Snapshot[] } {
  const heard = { events: [] as AnyEnvelope[], snapshots: [] as Snapshot[] };
  socket.on('event', (event) => heard.events.push(event));
  socket.on('snapshot', (snapshot) => heard.snapshots.push(snapshot));
  return heard;
}

/** Waits until the desk shows so many people inside: it is made from the log, a moment behind the gates. */
export async function insideIs(bureau: Bureau, fairId: string, inside: number): Promise<DeskSnapshot> {
  return eventually(`${inside} inside on the desk`, async () => {
    const desk = await bureau.admin.call('GET /fairs/:fairId/desk', { params: { fairId } });
    return desk.venue.inside === inside && desk.zones.reduce((sum, zone) => sum + zone.inside, desk.unzoned) === inside && desk;
  });
}

export function scan(device: Caller, code: string, direction: 'entry' | 'exit' = 'entry', id: string = randomUUID()): Promise<ScanResult> {
  return device.call('POST /scans', { body: { id, code, direction, happenedAt: new Date().toISOString() } });
}

/** A unified social credit code with a right check character (GB 32100-2015). */
export function creditCode(): string {
  const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
  const body = `91350100${Array.from({ length: 9 }, () => alphabet[randomInt(alphabet.length)]).join('')}`;
  const sum = [...body].reduce((total, character, place) => total + alphabet.indexOf(character) * (3 ** place % 31), 0);
  return body + alphabet[(31 - (sum % 31)) % 31];
}

/** The smallest picture that is really one. */
export const onePixelPng = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
