import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { newId, Files, type Recording } from '#libs/platform';
import { MediaNodes, Recordings, RoomHolding, Rooms, RoomTokens } from '#libs/rooms';
import { testApplication, type TestApplication } from '../../../../test/support/application.js';
import { eventually } from '../../../../test/support/world.js';
import { LiveRooms } from '../live-rooms.js';
import { MediaModule } from '../media.module.js';

/** Real workers and a real database; nobody connects, so no media flows. The media is in test/browser/whip.spec.ts. */
let media: TestApplication;
const get = <T>(type: new (...parts: never[]) => T): T => media.app.get(type, { strict: false });

beforeAll(async () => {
  media = await testApplication({ imports: [MediaModule] }, { mediaPort: 0, mediaWorkers: 1, turnUrls: 'turn:turn.example.cn:3478', turnSecret: 'x'.repeat(16) });
  await eventually('workers', async () => (await get(Rooms).readiness()).state === 'ready');
}, 60_000);
afterAll(() => media.close());

async function room(isPublic = true): Promise<{ id: string; key: string }> {
  return media.database.transaction(async (tx) => {
    const { id } = await get(Rooms).open(tx, { kind: 'broadcast', ownerId: newId(), scope: { kind: 'fair', id: newId() }, isPublic });
    return { id, key: await get(Rooms).makeKey(tx, id, newId()) };
  });
}
const fingerprint = Array.from({ length: 32 }, () => 'AB').join(':');
const sdp = (direction = 'sendonly', ufrag = 'theirs') => [
  'v=0', 'o=- 1 1 IN IP4 127.0.0.1', 's=-', 't=0 0', 'a=group:BUNDLE 0 1', `a=ice-ufrag:${ufrag}`, 'a=ice-pwd:aBcDeFgHiJkLmNoPqRsTuVwX', `a=fingerprint:sha-256 ${fingerprint}`, 'a=setup:actpass',
  'm=audio 9 UDP/TLS/RTP/SAVPF 109', 'c=IN IP4 0.0.0.0', 'a=mid:0', `a=${direction}`, 'a=rtcp-mux', 'a=rtpmap:109 opus/48000/2', 'a=ssrc:11 cname:a',
  'm=video 9 UDP/TLS/RTP/SAVPF 126', 'c=IN IP4 0.0.0.0', 'a=mid:1', `a=${direction}`, 'a=rtcp-mux', 'a=rtpmap:126 H264/90000', 'a=fmtp:126 packetization-mode=1;profile-level-id=42e01f', 'a=ssrc:12 cname:a', '',
].join('\r\n');
interface Options { key?: string; body?: string; type?: string; headers?: Record<string, string>; redirect?: 'manual' }
async function ask(method: string, path: string, { key, body, type = 'application/sdp', headers = {}, redirect }: Options = {}) {
  const response = await fetch(media.url + path, { method, body, redirect, headers: { ...(body !== undefined && { 'Content-Type': type }), ...(key && { Authorization: `Bearer ${key}` }), ...headers } });
  const text = await response.text();
  const code = text.startsWith('{') ? (JSON.parse(text) as { error: { code: string } }).error.code : '';
  return { status: response.status, code, text, headers: response.headers, location: response.headers.get('location')! };
}
const publish = (id: string, key: string) => ask('POST', `/media/whip/${id}`, { key, body: sdp() });
const fragment = (ufrag: string) => `a=ice-ufrag:${ufrag}\r\na=ice-pwd:aBcDeFgHiJkLmNoPqRsTuVwX\r\nm=audio 9 UDP/TLS/RTP/SAVPF 0\r\na=mid:0\r\na=candidate:1 1 udp 1 192.0.2.1 9 typ host\r\n`;
const trickle = 'application/trickle-ice-sdpfrag';

describe('WHIP', () => {
  it('publishes with the room’s key, as a host, and ends with DELETE', async () => {
    const { id, key } = await room();
    const made = await publish(id, key);
    expect([made.status, made.headers.get('content-type'), made.headers.get('access-control-allow-origin')]).toEqual([201, 'application/sdp; charset=utf-8', '*']);
    expect(made.location).toMatch(new RegExp(`^/media/whip/${id}/[0-9a-f-]{36}$`));
    expect(made.headers.get('etag')).toMatch(/^"[^"]+"$/);
    expect(made.headers.get('link')).toMatch(/^<turn:turn\.example\.cn:3478>; rel="ice-server"; username="\d+:\w+"; credential="[^"]+"; credential-type="password"$/);
    expect(made.text).toContain('a=setup:passive\r\n');
    const live = get(LiveRooms).find(id)!;
    expect(live.producers().map(({ source }) => source).sort()).toEqual(['camera', 'microphone']);
    expect(live.publishing).toBe(true);
    expect((await ask('DELETE', made.location, { key })).status).toBe(200);
    expect(live.producers()).toEqual([]);
    expect((await ask('DELETE', made.location, { key })).code).toBe('notFound');
  });

  it('keeps out who has no key, another room’s, or says something else', async () => {
    const { id, key } = await room();
    const other = await room();
    const tries: [string, string, Options, number, string][] = [
      ['POST', id, { body: sdp() }, 401, 'unauthenticated'], ['POST', id, { body: sdp(), key: 'whip_wrong' }, 401, 'unauthenticated'], ['POST', id, { body: sdp(), headers: { Authorization: 'Basic eDp5' } }, 401, 'unauthenticated'],
      ['POST', id, { body: sdp(), key: other.key }, 403, 'forbidden'], ['POST', newId(), { body: sdp(), key }, 404, 'notFound'], ['POST', 'x', { body: sdp(), key }, 404, 'notFound'],
      ['POST', id, { body: sdp(), key, type: 'text/plain' }, 415, 'unsupportedFile'], ['POST', id, { body: '{}', key, type: 'application/json' }, 415, 'unsupportedFile'],
      ['POST', id, { body: 'v=0', key }, 400, 'malformedRequest'], ['POST', id, { body: 'v=0\r\n'.padEnd(70_000, 'x'), key }, 413, 'payloadTooLarge'],
      ['POST', id, { body: sdp().replace('H264', 'VP9').replace('opus', 'PCMU'), key }, 422, 'codecUnsupported'], ['POST', id, { body: sdp('recvonly'), key }, 422, 'codecUnsupported'],
      ['GET', id, { key }, 405, 'methodNotAllowed'], ['PUT', id, { body: sdp(), key }, 405, 'methodNotAllowed'],
    ];
    for (const [method, where, options, status, code] of tries) {
      const answer = await ask(method, `/media/whip/${where}`, options);
      expect([method, options, answer.status, answer.code]).toEqual([method, options, status, code]);
    }
    expect((await ask('GET', `/media/whip/${id}`)).headers.get('allow')).toBe('POST, OPTIONS');
  });

  it('lets pages of other origins ask', async () => {
    const { id } = await room();
    const { status, headers } = await ask('OPTIONS', `/media/whip/${id}`, { headers: { Origin: 'https://encoder.example', 'Access-Control-Request-Method': 'POST' } });
    expect(status).toBe(204);
    expect([headers.get('accept-post'), headers.get('access-control-allow-methods'), headers.get('access-control-allow-origin')]).toEqual(['application/sdp', 'POST, OPTIONS', '*']);
    expect(headers.get('access-control-allow-headers')).toContain('Authorization');
  });

  it('takes trickled candidates of the session that is going on, and restarts ICE for another', async () => {
    const { id, key } = await room();
    const { location, headers, text } = await publish(id, key);
    const etag = headers.get('etag')!;
    const patch = (ufrag: string, ifMatch?: string, type = trickle) => ask('PATCH', location, { key, type, body: fragment(ufrag), headers: ifMatch === undefined ? {} : { 'If-Match': ifMatch } });
    expect([(await patch('theirs', etag)).status, (await patch('theirs')).status, (await patch('theirs', '"old"')).status, (await patch('theirs', etag, 'application/sdp')).status]).toEqual([204, 428, 412, 415]);
    const restarted = await patch('fresh', '*');
    expect([restarted.status, restarted.headers.get('content-type')?.split(';')[0]]).toEqual([200, trickle]);
    const ours = (words: string) => /a=ice-ufrag:(\S+)/.exec(words)![1];
    expect(ours(restarted.text)).not.toBe(ours(text));
    expect(restarted.headers.get('etag')).not.toBe(etag);
    expect([(await patch('theirs', etag)).status, (await patch('fresh', restarted.headers.get('etag')!)).status]).toEqual([412, 204]);
    expect((await ask('PATCH', location, { type: trickle, body: fragment('x'), headers: { 'If-Match': '*' } })).status).toBe(401);
  });

  it('an encoder that comes back replaces itself; a turned key ends its session', async () => {
    const { id, key } = await room();
    await publish(id, key);
    expect((await publish(id, key)).status).toBe(201);
    const live = get(LiveRooms).find(id)!;
    expect(live.peers.size).toBe(1);
    const made = await media.database.transaction(async (tx) => {
      await get(Rooms).revokeKeys(tx, id);
      return get(Rooms).makeKey(tx, id, newId());
    });
    await eventually('the end', () => live.peers.size === 0);
    expect((await publish(id, key)).code).toBe('unauthenticated');
    expect((await publish(id, made)).status).toBe(201);
    await media.database.transaction((tx) => get(Rooms).close(tx, id));
    expect(['unauthenticated', 'roomClosed']).toContain((await publish(id, made)).code);
  });
});

describe('WHIP at a node that does not hold the room', () => {
  const asked: { url: string; key: string | undefined; forwarded: string | undefined; offer: string }[] = [];
  let other: Server;
  let origin: string;
  let nodeId: string;
  beforeAll(async () => {
    other = createServer((request, response) => {
      let offer = '';
      request.setEncoding('utf8').on('data', (part: string) => { offer += part; }).on('end', () => {
        asked.push({ url: request.url!, key: request.headers.authorization, forwarded: request.headers['x-fairwind-forwarded'] as string | undefined, offer });
        if (offer.includes('refuse')) response.writeHead(406, { 'Content-Type': 'application/json' }).end('{"error":{"code":"codecUnsupported"}}');
        else response.writeHead(201, { 'Content-Type': 'application/sdp', Location: '/media/whip/r/s', ETag: '"e"', 'Set-Cookie': 'no=1' }).end('v=0 theirs');
      });
    });
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
    nodeId = (await get(MediaNodes).register(origin, { state: 'ready', percent: 100, capacity: 100, load: 0 }))!;
  });
  afterAll(async () => {
    await get(MediaNodes).leave(nodeId);
    other.close();
  });
  beforeEach(() => void asked.splice(0));

  /** Held by the other node, which has said once that it lives. */
  async function held(): Promise<{ id: string; key: string }> {
    const { id, key } = await room();
    await get(RoomHolding).take(id, nodeId);
    return { id, key };
  }

  it('is handed on with its key, and the rest goes to the node itself', async () => {
    const { id, key } = await held();
    expect(await get(Rooms).nodeFor(id)).toBe(origin);
    const answer = await publish(id, key);
    expect([answer.status, answer.text, answer.location, answer.headers.get('etag'), answer.headers.get('set-cookie')]).toEqual([201, 'v=0 theirs', `${origin}/media/whip/r/s`, '"e"', null]);
    expect(answer.headers.get('access-control-expose-headers')).toContain('Location');
    expect(asked).toEqual([{ url: `/media/whip/${id}`, key: `Bearer ${key}`, forwarded: '1', offer: sdp() }]);
    expect((await ask('POST', `/media/whip/${id}`, { key, body: sdp('refuse') })).code).toBe('codecUnsupported');
  });

  it('is handed on once, and not without the key', async () => {
    const { id, key } = await held();
    const answer = await ask('POST', `/media/whip/${id}`, { key, body: sdp(), headers: { 'X-Fairwind-Forwarded': '1' }, redirect: 'manual' });
    expect([answer.status, answer.location]).toEqual([307, `${origin}/media/whip/${id}`]);
    expect((await publish(id, 'whip_wrong')).code).toBe('unauthenticated');
    expect(asked).toEqual([]);
  });
});

describe('WHEP', () => {
  it('is sent what is published, in the player’s own numbers', async () => {
    const { id, key } = await room();
    const early = await ask('POST', `/media/whep/${id}`, { body: sdp('recvonly') });
    expect([early.status, early.code, early.headers.get('retry-after')]).toEqual([409, 'nothingPublished', '5']);
    await publish(id, key);
    const made = await ask('POST', `/media/whep/${id}`, { body: sdp('recvonly').replaceAll('126', '98') });
    expect(made.status).toBe(201);
    expect(made.text).toMatch(/m=video 7 UDP\/TLS\/RTP\/SAVPF 98\r\n/);
    expect(made.text).toMatch(/a=sendonly/);
    expect(get(LiveRooms).find(id)!.peers.size).toBe(2);
    expect((await ask('DELETE', made.location)).status).toBe(200);
    expect((await ask('POST', `/media/whep/${id}`, { body: sdp('sendonly') })).code).toBe('codecUnsupported');
    expect((await ask('POST', `/media/whep/${newId()}`, { body: sdp('recvonly') })).code).toBe('notFound');
  });

  it('asks for a token in a private room', async () => {
    const { id, key } = await room(false);
    await publish(id, key);
    expect((await ask('POST', `/media/whep/${id}`, { body: sdp('recvonly') })).code).toBe('roomTokenInvalid');
    const { token } = await get(RoomTokens).make(id, { personKey: 'device:x', name: '', role: 'viewer', sources: [] });
    expect((await ask('POST', `/media/whep/${id}`, { body: sdp('recvonly'), key: token })).status).toBe(201);
  });
});

describe('HLS', () => {
  async function recorded(isPublic = true, count = 20): Promise<{ roomId: string; recording: Recording }> {
    const { id: roomId } = await room(isPublic);
    const recording = await get(Recordings).begin(roomId);
    const area = get(Files).area('recordings');
    const run = newId();
    await area.put(`${recording.id}/${run}-init.mp4`, Buffer.from('init'), 'video/mp4');
    for (let sequence = 0; sequence < count; sequence++) {
      const storageKey = `${recording.id}/${run}-${sequence}.m4s`;
      await area.put(storageKey, Buffer.from(`segment ${sequence}`), 'video/mp4');
      await get(Recordings).addSegment(recording.id, { sequence, storageKey, initKey: `${recording.id}/${run}-init.mp4`, duration: 1_000, bytes: 9, discontinuity: sequence === 3 });
    }
    return { roomId, recording };
  }
  const lines = (text: string) => text.trim().split('\n').filter((line) => !line.startsWith('#'));

  it('slides while it is live, and is whole once it ended', async () => {
    const { roomId, recording } = await recorded();
    const live = await ask('GET', `/media/hls/${roomId}/live.m3u8`);
    expect([live.status, live.headers.get('cache-control'), live.headers.get('access-control-allow-origin'), live.headers.get('cross-origin-resource-policy')]).toEqual([200, 'public, max-age=1', '*', 'cross-origin']);
    expect(live.headers.get('content-type')).toMatch(/^application\/vnd\.apple\.mpegurl/);
    expect(lines(live.text)).toHaveLength(12);
    expect(live.text).toContain('#EXT-X-MEDIA-SEQUENCE:8\n#EXT-X-DISCONTINUITY-SEQUENCE:1\n');
    expect(live.text).not.toContain('ENDLIST');
    const file = new URL(lines(live.text).at(-1)!, `${media.url}/media/hls/${roomId}/live.m3u8`).pathname;
    expect((await ask('GET', file)).text).toBe('segment 19');
    expect((await ask('GET', `/media/hls/${recording.id}/replay.m3u8`)).code).toBe('replayMissing');
    await get(Recordings).end(recording.id);
    const replay = await ask('GET', `/media/hls/${recording.id}/replay.m3u8`);
    expect(lines(replay.text)).toHaveLength(20);
    expect(replay.text.match(/#EXT-X-DISCONTINUITY\n/g)).toHaveLength(1);
    await eventually('the farewell', async () => (await ask('GET', `/media/hls/${roomId}/live.m3u8`)).text.includes('#EXT-X-ENDLIST'));
  });

  it('serves files that never change, whole and in parts', async () => {
    const { recording } = await recorded(true, 1);
    const [segment] = await get(Recordings).segments(recording.id);
    const path = `/media/hls/${segment!.storageKey}`;
    const whole = await ask('GET', path);
    expect([whole.status, whole.headers.get('cache-control'), whole.headers.get('accept-ranges'), whole.headers.get('content-type')]).toEqual([200, 'public, max-age=31536000, immutable', 'bytes', 'video/mp4']);
    const part = await ask('GET', path, { headers: { Range: 'bytes=2-4' } });
    expect([part.status, part.text, part.headers.get('content-range')]).toEqual([206, 'gme', 'bytes 2-4/9']);
    expect((await ask('GET', path, { headers: { Range: 'bytes=99-' } })).status).toBe(416);
    expect((await ask('GET', path, { headers: { 'If-None-Match': whole.headers.get('etag')! } })).status).toBe(304);
    for (const name of ['../../keys/token', '..%2f..%2fkeys%2ftoken', `${newId()}-0.m4s`, 'x.m4s', '%00', 'live.m3u8.m4s']) {
      const answer = await ask('GET', `/media/hls/${recording.id}/${name}`);
      expect([name, answer.status]).toEqual([name, answer.status === 400 ? 400 : 404]);
    }
    expect((await ask('GET', `/media/hls/${newId()}/live.m3u8`)).code).toBe('notFound');
  });

  it('asks for the token of a private room, and hands it on to its segments', async () => {
    const { roomId, recording } = await recorded(false, 2);
    expect((await ask('GET', `/media/hls/${roomId}/live.m3u8`)).code).toBe('roomTokenInvalid');
    const { token } = await get(RoomTokens).make(roomId, { personKey: 'device:x', name: '', role: 'viewer', sources: [] });
    const wrong = await get(RoomTokens).make(newId(), { personKey: 'device:x', name: '', role: 'viewer', sources: [] });
    const live = await ask('GET', `/media/hls/${roomId}/live.m3u8?token=${token}`);
    expect([live.status, live.headers.get('cache-control')]).toEqual([200, 'private, no-store']);
    const file = new URL(lines(live.text)[0]!, `${media.url}/media/hls/${roomId}/live.m3u8`);
    expect((await ask('GET', file.pathname)).code).toBe('roomTokenInvalid');
    expect((await ask('GET', `${file.pathname}?token=${wrong.token}`)).code).toBe('roomTokenInvalid');
    expect((await ask('GET', file.pathname + file.search)).text).toBe('segment 0');
    expect((await ask('GET', file.pathname, { key: token })).text).toBe('segment 0');
    await get(Recordings).end(recording.id);
    expect((await ask('GET', `/media/hls/${recording.id}/replay.m3u8`)).code).toBe('roomTokenInvalid');
  });
});
