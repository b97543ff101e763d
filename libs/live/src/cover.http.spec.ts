import type { Broadcast, BroadcastSummary, ErrorBody } from '#libs/contracts';
import { BoothsModule } from '#libs/booths';
import { eventsModule } from '#libs/events';
import { FairsModule } from '#libs/fairs';
import { AccessTokens, IdentityModule, type MemberActor } from '#libs/identity';
import { JobsModule } from '#libs/jobs';
import { MAX_FILE_BYTES, newId } from '#libs/platform';
import { enrol } from '../../../test/support/actors.js';
import { testApplication, type TestApplication } from '../../../test/support/application.js';
import { onePixelPng } from '../../../test/support/world.js';
import { LiveModule } from './live.module.js';

let api: TestApplication;
const [fairId, id] = [newId(), newId()];
const host: MemberActor = { role: 'employerAdmin', accountId: newId(), organisationId: newId() };
const jpeg = Buffer.concat([Buffer.from('ffd8ffe000104a464946', 'hex'), Buffer.alloc(200, 7)]);

beforeAll(async () => {
  api = await testApplication({ imports: [eventsModule, IdentityModule, FairsModule, JobsModule, BoothsModule, LiveModule] });
  const { read } = api.database;
  const [organiserId, at] = [newId(), new Date(Date.now() + 3_600_000)];
  await read.organisation.create({ data: { id: organiserId, kind: 'organiser', name: '澜江市人社局', regionCode: '350100' } });
  await read.fair.create({ data: {
    id: fairId, organiserId, name: '春风专场', channel: 'both', status: 'published', regionCode: '350100', venueName: '澜江会展中心', startsAt: at, endsAt: new Date(at.getTime() + 3_600_000),
  } });
  await enrol(api.database, host);
  await read.broadcast.create({ data: { id, fairId, boothId: newId(), organisationId: host.organisationId, roomId: newId(), title: '车间里看岗位', startsAt: at, endsAt: at } });
});
afterAll(() => api.close());

async function upload(bytes: Uint8Array, actor = host): Promise<{ status: number; body: Broadcast & ErrorBody }> {
  await enrol(api.database, actor);
  const form = new FormData();
  form.append('file', new Blob([bytes as Uint8Array<ArrayBuffer>], { type: 'image/png' }), '封面.png'); // what it is called proves nothing
  const authorization = `Bearer ${await api.app.get(AccessTokens, { strict: false }).issue(actor)}`;
  const answer = await fetch(`${api.url}/api/broadcasts/${id}/cover`, { method: 'PUT', headers: { authorization }, body: form });
  return { status: answer.status, body: await answer.json() as Broadcast & ErrorBody };
}
const refusal = async (...given: Parameters<typeof upload>) => (await upload(...given)).body.error.code;
const files = () => api.database.read.storedFile.count({ where: { kind: 'cover' } });

it('is uploaded by its employer, and read by everybody at the address that the broadcast and the fair’s list name', async () => {
  const before = await fetch(`${api.url}/api/broadcasts/${id}/cover`);
  expect(before.status).toBe(404);
  const { status, body: { coverUrl } } = await upload(onePixelPng);
  expect(status).toBe(200);
  const shown = await fetch(api.url + coverUrl!);
  expect([shown.status, shown.headers.get('content-type'), shown.headers.get('content-disposition')]).toEqual([200, 'image/png', 'inline']);
  expect(shown.headers.get('cache-control')).toBe('private, max-age=86400');
  expect(Buffer.from(await shown.arrayBuffer())).toEqual(onePixelPng);
  const [listed] = await (await fetch(`${api.url}/api/fairs/${fairId}/broadcasts`)).json() as BroadcastSummary[];
  expect(listed!.coverUrl).toBe(coverUrl);
});

it('is replaced at an address of its own, so that no browser keeps the old one', async () => {
  const { body: { coverUrl: first } } = await upload(onePixelPng);
  const { body: { coverUrl: second } } = await upload(jpeg);
  expect(second).not.toBe(first);
  const shown = await fetch(api.url + second!);
  expect([shown.headers.get('content-type'), Buffer.from(await shown.arrayBuffer())]).toEqual(['image/jpeg', jpeg]);
  expect(await files()).toBe(1);
});

it('is no page, no script and no document, not too large, not another employer’s, and not of what is over; the one that is there stays', async () => {
  const { body: { coverUrl } } = await upload(onePixelPng);
  expect(await refusal(Buffer.from('<html><script>alert(1)</script></html>'))).toBe('unsupportedFile');
  expect(await refusal(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'))).toBe('unsupportedFile');
  expect(await refusal(Buffer.from('%PDF-1.7\n'))).toBe('unsupportedFile');
  expect(await refusal(Buffer.concat([onePixelPng, Buffer.alloc(MAX_FILE_BYTES)]))).toBe('payloadTooLarge');
  expect(await refusal(onePixelPng, { role: 'employerAdmin', accountId: newId(), organisationId: newId() })).toBe('notFound');
  await api.database.read.broadcast.update({ where: { id }, data: { status: 'ended' } });
  expect(await refusal(onePixelPng)).toBe('broadcastStateRefused');
  expect([(await (await fetch(`${api.url}/api/broadcasts/${id}`)).json() as Broadcast).coverUrl, await files()]).toEqual([coverUrl, 1]);
});
