import { setTimeout as pause } from 'node:timers/promises';
import { SignJWT } from 'jose';
import type { Actor, Subscribe } from '#libs/contracts';
import { AccessTokens, type AccountActor } from '#libs/identity';
import { Keys, newId } from '#libs/platform';
import { enrol } from '../../../test/support/actors.js';
import { entry, LiveApi, lockChanged, paired, send, until, updated, watch, type LiveFair } from '../../../test/support/live.js';
import { hear, type LiveSocket as Client } from '../../../test/support/world.js';

let live: LiveApi;
beforeAll(async () => { live = await LiveApi.start(); });
afterEach(() => live.leave());
afterAll(() => live.close());

describe('a line', () => {
  it('opens for anyone, and beats', async () => {
    const client = await live.open();
    const beat = await new Promise<{ position: number; at: string }>((resolve) => client.once('beat', resolve));
    expect(beat.position).toBe(live.feed.head());
    expect(Math.abs(Date.parse(beat.at) - Date.now())).toBeLessThan(2_000);
  }, 10_000);

  it.each([
    ['garbage', 'garbage', 'unauthenticated'], ['a number', 7, 'unauthenticated'], ['an object', { $ne: null }, 'unauthenticated'],
    ['a list', ['x'], 'unauthenticated'], ['something huge', 'x'.repeat(3_000), 'unauthenticated'], ['an unknown device', 'dev_nobody', 'unauthenticated'],
  ])('is refused with %s for a token, in the one shape of an error', async (_, token, code) => {
    await expect(live.open(token, { extraHeaders: { 'accept-language': 'en' } })).rejects.toMatchObject({
      message: 'Please sign in first.', data: { code, message: 'Please sign in first.', requestId: expect.stringMatching(/^[0-9A-Z]{10}$/) },
    });
  });

  it('is refused with a token that has expired, so that the page gets a new one', async () => {
    const old = await live.get(AccessTokens).issue({ role: 'candidate', accountId: newId() }, new Date(Date.now() - 3_600_000));
    await expect(live.open(old)).rejects.toMatchObject({ data: { code: 'tokenExpired' } });
  });

  it('ends when its token expires while it is open', async () => {
    jest.spyOn(performance, 'now').mockImplementation(() => Date.now() + looksLater);
    let looksLater = 0;
    const accountId = newId();
    await enrol(live.api.database, { role: 'candidate', accountId });
    const token = await new SignJWT({ role: 'candidate' }).setProtectedHeader({ alg: 'HS256' }).setIssuer('fairwind').setSubject(accountId).setIssuedAt()
      .setExpirationTime(Math.floor(Date.now() / 1_000) + 2).sign(live.get(Keys).token);
    const client = await live.open(token);
    const ended = new Promise<string>((resolve) => client.once('disconnect', resolve));
    await pause(2_100);
    looksLater = 31_000; // half a minute passes for the gateway
    expect(await ended).toBe('io server disconnect');
    jest.restoreAllMocks();
  }, 15_000);
});

describe('topics', () => {
  const anyone: Actor = { role: 'anyone' };
  const candidate: Actor = { role: 'candidate', accountId: newId() };
  const other: Actor = { role: 'organiserAdmin', accountId: newId(), organisationId: newId() };
  const recruiter: Actor = { role: 'recruiter', accountId: newId(), organisationId: newId() };
  const platform: Actor = { role: 'platformAdmin', accountId: newId() };

  it.each<[string, Actor | 'own' | 'device' | 'otherDevice', (fair: LiveFair) => Subscribe['topic'], string | null]>([
    ['a public fair, anyone', anyone, ({ id }) => ({ kind: 'fair', id }), null],
    ['its crowd, anyone', anyone, ({ id }) => ({ kind: 'crowd', id }), null],
    ['its desk, its own people', 'own', ({ id }) => ({ kind: 'desk', id }), null],
    ['its desk, anyone', anyone, ({ id }) => ({ kind: 'desk', id }), 'notFound'],
    ['its desk, a candidate', candidate, ({ id }) => ({ kind: 'desk', id }), 'notFound'],
    ['its desk, another organiser', other, ({ id }) => ({ kind: 'desk', id }), 'notFound'],
    ['its desk, a gate', 'device', ({ id }) => ({ kind: 'desk', id }), 'notFound'],
    ['its gates, a gate of it', 'device', ({ id }) => ({ kind: 'gates', id }), null],
    ['its gates, a gate of another fair', 'otherDevice', ({ id }) => ({ kind: 'gates', id }), 'notFound'],
    ['its gates, anyone', anyone, ({ id }) => ({ kind: 'gates', id }), 'unauthenticated'],
    ['its gates, an organiser', 'own', ({ id }) => ({ kind: 'gates', id }), 'forbidden'],
    ['one’s own organisation', recruiter, () => ({ kind: 'organisation', id: recruiter.organisationId }), null],
    ['another organisation', recruiter, () => ({ kind: 'organisation', id: other.organisationId }), 'notFound'],
    ['an organisation, a candidate', candidate, () => ({ kind: 'organisation', id: other.organisationId }), 'forbidden'],
    ['reviews, an organiser', other, () => ({ kind: 'reviewers' }), null],
    ['reviews, the platform', platform, () => ({ kind: 'reviewers' }), null],
    ['reviews, an employer', recruiter, () => ({ kind: 'reviewers' }), 'forbidden'],
    ['one’s own account', candidate, () => ({ kind: 'account' }), null],
    ['an account without one', anyone, () => ({ kind: 'account' }), 'unauthenticated'],
    ['a fair that does not exist', anyone, () => ({ kind: 'fair', id: newId() }), 'notFound'],
  ])('%s: %#', async (_, who, topic, refused) => {
    const made = await live.fair();
    const token = who === 'device' ? (await live.device(made)).token : who === 'otherDevice' ? (await live.device(await live.fair())).token
      : who === 'own' ? await live.tokenOf(made.organiser) : who.role === 'anyone' ? undefined : await live.tokenOf(who as AccountActor);
    const client = await live.open(token);
    const answer = await send(client, 'subscribe', { topic: topic(made) });
    expect(answer.ok ? null : answer.error.code).toBe(refused);
  });

  it('of a draft are for its own people alone', async () => {
    const draft = await live.fair('draft');
    const [stranger, own] = [await live.open(), await live.openAs(draft.organiser)];
    for (const kind of ['fair', 'crowd'] as const) {
      await expect(watch(stranger, { topic: { kind, id: draft.id } })).rejects.toMatchObject({ code: 'notFound' });
      await watch(own, { topic: { kind, id: draft.id } });
    }
  });
});

describe('events', () => {
  it('reach who may see them, in order, once, and nobody else', async () => {
    const [one, two] = [await live.fair(), await live.fair()];
    const [watcher, gate, both, stranger] = [await live.open(), await live.open((await live.device(one)).token), await live.openAs(one.organiser), await live.open()];
    const heard = [watcher, gate, both, stranger].map(hear);
    await watch(watcher, { topic: { kind: 'fair', id: one.id } });
    await watch(gate, { topic: { kind: 'gates', id: one.id } });
    await watch(both, { topic: { kind: 'fair', id: one.id } });
    await watch(both, { topic: { kind: 'desk', id: one.id } });
    await watch(stranger, { topic: { kind: 'fair', id: two.id } });
    for (let n = 0; n < 40; n += 1) await live.append(updated(one), entry(one, 1), lockChanged(one), paired(one));
    await live.settled();
    const log = (await live.feed.since(0, { scopeId: one.id, without: ['checkIn.recorded'] }));
    // So many in a moment are foretold to fill the zone: that is the desk's alone, too.
    const visible = log.filter(({ type }) => !['device.paired', 'forecast.alarmed'].includes(type));
    await until('all events', () => heard[0]!.events.length >= 80 && heard[1]!.events.length >= 80 && heard[2]!.events.length >= log.length);
    expect(heard[0]!.events).toEqual(visible);
    expect(heard[1]!.events).toEqual(visible);
    expect(heard[2]!.events).toEqual(log);
    expect(heard[3]!.events).toEqual([]);
  });

  it('that were missed come with the answer: none twice, none lost, while new ones keep coming', async () => {
    const made = await live.fair();
    await live.append(updated(made));
    await live.settled();
    const seen = live.feed.head();
    let stop = false;
    const rush = (async () => { while (!stop) await live.append(updated(made), entry(made, 1)); })();
    await pause(150);
    const joined = await Promise.all(Array.from({ length: 12 }, async () => {
      const client = await live.open();
      const heard = hear(client);
      const answer = await watch(client, { topic: { kind: 'fair', id: made.id }, since: seen });
      return { heard, answer };
    }));
    await pause(150);
    stop = true;
    await rush;
    await live.settled();
    const log = await live.feed.since(seen, { scopeId: made.id, types: ['fair.updated'], limit: 10_000 });
    for (const { heard, answer } of joined) {
      const before = heard.events.filter(({ position }) => position <= answer.position);
      expect(before).toEqual([]);
      await until('the rest', () => answer.events.length + heard.events.length >= log.length);
      expect([...answer.events, ...heard.events]).toEqual(log);
    }
  });

  it('that were missed before this process started are read from the log', async () => {
    const made = await live.fair();
    const since = live.feed.head();
    await live.append(...Array.from({ length: 30 }, () => updated(made)));
    await live.settled();
    const second = await live.second();
    try {
      const client = await live.open(undefined, {}, second.url);
      const { events: missed, resync, position } = await watch(client, { topic: { kind: 'fair', id: made.id }, since });
      expect(resync).toBe(false);
      expect(missed).toHaveLength(30);
      expect(position).toBe(live.feed.head());
    } finally {
      await second.close();
    }
  });

  it('that are too many, or of another log, are a resync', async () => {
    const made = await live.fair();
    const since = live.feed.head();
    for (let n = 0; n < 3; n += 1) await live.append(...Array.from({ length: 400 }, () => updated(made)));
    await live.settled();
    const client = await live.open();
    for (const from of [since, live.feed.head() + 1_000, Number.MAX_SAFE_INTEGER]) {
      expect(await watch(client, { topic: { kind: 'fair', id: made.id }, since: from })).toMatchObject({ resync: true, events: [], position: live.feed.head() });
    }
    expect(await watch(client, { topic: { kind: 'fair', id: made.id }, since: live.feed.head() })).toMatchObject({ resync: false, events: [] });
  });

  it('asked for several times at once are answered each time and come once', async () => {
    const made = await live.fair();
    const client = await live.openAs(made.organiser);
    const heard = hear(client);
    const topic = { kind: 'desk', id: made.id } as const;
    const answers = await Promise.all(Array.from({ length: 5 }, () => watch(client, { topic, since: live.feed.head() })));
    expect(answers.every(({ snapshot, resync }) => snapshot !== null && !resync)).toBe(true);
    await live.append(updated(made));
    await until('the event', () => heard.events.length > 0);
    await pause(50);
    expect(heard.events).toHaveLength(1);
  });

  it('of a type that only a newer process knows trouble nobody', async () => {
    const made = await live.fair();
    const client = await live.open();
    const heard = hear(client);
    await watch(client, { topic: { kind: 'fair', id: made.id } });
    await live.append({ ...updated(made), type: 'fair.exploded' } as never, updated(made));
    await until('the event after it', () => heard.events.length > 0);
    expect(heard.events.map(({ type }) => type)).toEqual(['fair.updated']);
  });

  it('stop after unsubscribe', async () => {
    const made = await live.fair();
    const client = await live.open();
    const heard = hear(client);
    const topic = { kind: 'fair', id: made.id } as const;
    await watch(client, { topic });
    expect(await send(client, 'unsubscribe', { topic })).toEqual({ ok: true, data: null });
    await live.append(updated(made));
    await live.settled();
    await pause(50);
    expect(heard.events).toEqual([]);
  });
});

describe('access that ends', () => {
  const ended = (client: Client) => new Promise<string>((resolve) => client.once('disconnect', resolve));

  it('closes the lines of a revoked device, a removed member, a suspended organisation, an erased person — and no other', async () => {
    const made = await live.fair();
    const { id: deviceId, token } = await live.device(made);
    const organisationId = newId();
    const member = (accountId = newId()): AccountActor => ({ role: 'recruiter', accountId, organisationId });
    const [removed, colleague, person] = [member(), member(), { role: 'candidate', accountId: newId() } as const];
    const [gate, removedLine, colleagueLine, personLine, otherGate] =
      [await live.open(token), await live.openAs(removed), await live.openAs(colleague), await live.openAs(person), await live.open((await live.device(made)).token)];
    const all = [gate, removedLine, colleagueLine, personLine].map(ended);
    await live.append({ type: 'device.revoked', scope: { kind: 'fair', id: made.id }, data: { fairId: made.id, deviceId, gateId: made.gateId, reason: '丢了' } });
    expect(await all[0]).toBe('io server disconnect');
    await live.append({ type: 'member.removed', scope: { kind: 'organisation', id: organisationId }, data: { organisationId, accountId: removed.accountId } });
    await all[1];
    expect(colleagueLine.connected).toBe(true);
    await live.append({ type: 'organisation.statusChanged', scope: { kind: 'platform' }, data: { organisationId, status: 'suspended', reason: '查证' } });
    await all[2];
    await live.append({ type: 'person.erased', scope: { kind: 'platform' }, data: { accountId: person.accountId } });
    await all[3];
    expect(otherGate.connected).toBe(true);
  });
});
