/** An interview from a network that lets neither UDP nor TCP through to the media: a real coturn relays it, and nothing else. */
import { bothFlow, callView, onWeakNetwork } from '../support/call-page.js';
import { boothWithQueue, calledTo, joinInterview } from '../support/interviewing.js';
import { long } from '../support/runs.js';
import { Servers } from '../support/servers.js';
import { TurnServer } from '../support/turn-server.js';
import { eventually, World } from '../support/world.js';

const can = long && TurnServer.here;
if (long && !can) console.warn('Interviews over TURN were not told: this machine has no coturn (apt-get install coturn).');
/** Minutes of real media: the full counts hold it. */
const withRelay = can ? describe : describe.skip;

let relay: TurnServer;
let servers: Servers;
let world: World;

jest.setTimeout(150_000);

/** One server, which names the relay by this address alone. */
async function open(url: (relay: TurnServer) => string): Promise<void> {
  relay = await TurnServer.start();
  servers = await Servers.start('one', { settings: { FAIRWIND_TURN_URLS: url(relay), FAIRWIND_TURN_SECRET: relay.secret } });
  world = await World.open(servers);
}
async function close(): Promise<void> {
  world?.close();
  await servers?.stop();
  await relay?.stop();
}
/** Nothing but the relay is let through: the call finds it by itself, and holds. */
const holdsByRelay = (more: string[] = []) => onWeakNetwork(world, async ({ recruiter, phone, network, candidate, interview }) => {
  await eventually('the relay here, UDP there', async () => (await callView(phone)).way === 'relay' && (await callView(recruiter)).way === 'udp');
  expect([network.passed, (await candidate.caller.call('GET /me/interviews/:interviewId', { params: { interviewId: interview.id } })).status]).toEqual([0, 'running']);
  for (const until = Date.now() + 15_000; Date.now() < until;) expect(await bothFlow(recruiter, phone)).toBe(true);
  const { steps, closed } = await callView(phone);
  expect([steps, closed]).toEqual([[], null]);
}, { udpBlocked: true, tcpBlocked: true, relays: relay.ports }, more);

withRelay('an interview over TURN in TLS alone, as on port 443', () => {
  beforeAll(() => open(({ tlsUrl }) => tlsUrl), 120_000);
  afterAll(close);

  it('finds its way by itself, and holds', async () => {
    await holdsByRelay([relay.trust]);
    expect(relay.tlsSessions).toBeGreaterThan(0);
  });
});

withRelay('an interview over TURN alone', () => {
  beforeAll(() => open(({ url }) => url), 120_000);
  afterAll(close);

  it('finds its way by itself, and holds', () => holdsByRelay());

  it('relays to the media node, and to no other address', async () => {
    const booth = await boothWithQueue(world);
    const { interview } = await calledTo(world, booth);
    const [server] = (await joinInterview(booth.recruiter.caller, interview.id)).iceServers;
    const credentials = { username: server!.username!, credential: server!.credential! };
    const said = Object.fromEntries(['10.0.0.1', '127.0.0.2', '169.254.169.254', '192.168.1.1', '203.0.113.9', '8.8.8.8'].map((peer) => [peer, /403 \(Forbidden IP\)/.test(relay.ask(peer, credentials))]));
    expect(Object.entries(said).filter(([, refused]) => !refused)).toEqual([]);
    expect(relay.ask('127.0.0.1', credentials)).not.toMatch(/403|401/);
    expect(relay.ask('127.0.0.1', { ...credentials, credential: 'guessed' })).toMatch(/401|Unauthorized|Cannot complete Allocation/i);
  });
});
