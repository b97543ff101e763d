import { Body, Controller, Get, Module, Param, Post, Query } from '@nestjs/common';
import { IsInt, IsString, Length, Max, Min } from 'class-validator';
import { errors, type ErrorBody, type FieldProblem } from '#libs/contracts';
import { testApplication, type TestApplication } from '../../../../test/support/application.js';
import { Prisma } from '../database/models.js';
import { DomainError } from '../errors/domain-error.js';
import { setLogLevel } from '../logging/log.js';
import { attachment } from './attachment.js';
import { Nested, NestedList } from './nested.js';
import { PageQueryDto } from './page-query.dto.js';
import { FileUpload, Uploaded, type UploadedFile } from './upload.js';
import { IsInstant, IsPhone } from './validators.js';

class ZoneDto {
  @IsString() @Length(1, 20) name: string;
  @IsInt() @Min(1) @Max(1_000_000) approved: number;
}
class ThingDto {
  @IsString() @Length(1, 20) name: string;
  @IsInstant() startsAt: string;
  @IsPhone() phone: string;
  @Nested(() => ZoneDto) venue: ZoneDto;
  @NestedList(() => ZoneDto, 3) zones: ZoneDto[];
}

@Controller('things')
class Things {
  @Post() make(@Body() body: ThingDto) { return body; }
  @Get() list(@Query() query: PageQueryDto) { return query; }
  @Get('broken') broken() { throw new Error('the password is hunter2'); }
  @Get('refused') refused() { throw new DomainError('quotaFull', { quota: 300 }); }
  @Get('too-many') tooMany() { throw new DomainError('tooManyRequests', { seconds: 7 }); }
  @Get('gone') gone() { throw new Prisma.PrismaClientKnownRequestError('none', { code: 'P2025', clientVersion: '7' }); }
  @Get('download') download() { return attachment('名单 "1".csv', 'text/csv', Buffer.from('a,b')); }
  @Post('file') @FileUpload() file(@Uploaded() file: UploadedFile) { return { name: file.name, size: file.bytes.length }; }
  @Get('by-name/:name') byName(@Param('name') name: string) { return { name }; }
  @Get(':thingId') get(@Param('thingId') thingId: string) { return { thingId }; }
}
@Module({ controllers: [Things] })
class ThingsModule {}

const good = { name: '春风', startsAt: '2026-03-07T01:00:00.000Z', phone: '138 0000 1234', venue: { name: 'A', approved: 5 }, zones: [{ name: 'B', approved: 1 }] };
let testing: TestApplication;
beforeAll(async () => {
  testing = await testApplication({ imports: [ThingsModule] });
  setLogLevel('silent');
}, 60_000);
afterAll(() => testing.close());

interface Answer { status: number; body: ErrorBody; headers: Headers }
async function call(method: string, path: string, body?: string, headers: Record<string, string> = {}): Promise<Answer> {
  const type: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
  const response = await fetch(`${testing.url}/api${path}`, { method, body, headers: { ...type, ...headers } });
  return { status: response.status, headers: response.headers, body: (await response.json()) as ErrorBody };
}
const post = (body: unknown, headers?: Record<string, string>) => call('POST', '/things', JSON.stringify(body), headers);
const fieldsOf = (answer: Answer) => (answer.body.error.details?.fields as FieldProblem[]).map((each) => each.field).sort();

describe('a request', () => {
  it('that is right is answered, with its phone number in the one form', async () => {
    const { status, body } = await post(good);
    expect(status).toBe(201);
    expect(body).toMatchObject({ name: '春风', phone: '+8613800001234' });
  });

  it.each<[string, unknown, string[]]>([
    ['an unknown field', { ...good, admin: true }, ['admin']],
    ['an unknown field deep down', { ...good, venue: { ...good.venue, x: 1 } }, ['venue.x']],
    ['a missing field', { ...good, name: undefined }, ['name']],
    ['null', { ...good, name: null }, ['name']],
    ['a list for an object', { ...good, venue: [] }, ['venue']],
    ['a text for a list', { ...good, zones: 'zones' }, ['zones']],
    ['a text for a number', { ...good, venue: { name: 'A', approved: '5' } }, ['venue.approved']],
    ['a number that no integer column holds', { ...good, venue: { name: 'A', approved: 1e300 } }, ['venue.approved']],
    ['a day that is not in the calendar', { ...good, startsAt: '2026-02-30T01:00:00Z' }, ['startsAt']],
    ['a NUL', { ...good, name: 'a\0b' }, ['name']],
    ['half a surrogate pair', { ...good, name: 'a\ud800' }, ['name']],
    ['a NUL in a key', { ...good, ['a\0b']: 1 }, ['']],
    ['too many', { ...good, zones: Array(4).fill(good.venue) }, ['zones']],
    ['an empty object', {}, ['name', 'phone', 'startsAt', 'venue', 'zones']],
    ['a list', [], ['name', 'phone', 'startsAt', 'venue', 'zones']],
  ])('with %s is refused with the field’s name', async (_, body, fields) => {
    const answer = await post(body);
    expect(answer.status).toBe(400);
    expect(answer.body.error.code).toBe('validationFailed');
    expect(fieldsOf(answer)).toEqual(fields);
  });

  it('with __proto__ is refused, and nothing is polluted', async () => {
    const answer = await call('POST', '/things', `{"__proto__":{"polluted":1},${JSON.stringify(good).slice(1)}`);
    expect(answer.body.error.code).toBe('validationFailed');
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  it('is told in the language of who asks', async () => {
    const fields = async (language: string) => {
      const answer = await post({ ...good, venue: { name: 'A', approved: 0 }, name: '' }, { 'accept-language': language });
      return [answer.body.error.message, ...(answer.body.error.details?.fields as FieldProblem[]).flatMap((field) => field.problems)];
    };
    expect(await fields('zh-CN,en;q=0.8')).toEqual([errors.validationFailed[2], '至少 1 个字。', '不能小于 1。']);
    expect(await fields('en-GB,zh;q=0.8')).toEqual([errors.validationFailed[3], 'At least 1 characters.', 'At least 1.']);
  });

  it.each<[string, string, string, string, number]>([
    ['JSON that is none', 'POST', '/things', '{"a":', 400],
    ['JSON that is no object', 'POST', '/things', '"text"', 400],
    ['a body that is too large', 'POST', '/things', JSON.stringify({ name: 'x'.repeat(300_000) }), 413],
    ['nesting without end', 'POST', '/things', `{"name":${'['.repeat(50_000)}${']'.repeat(50_000)}}`, 400],
  ])('with %s is refused', async (_, method, path, body, status) => {
    const answer = await call(method, path, body);
    expect(answer.status).toBe(status);
    expect(answer.body.error.requestId).toMatch(/^[0-9A-Z]{10}$/);
    expect(answer.headers.get('x-request-id')).toBe(answer.body.error.requestId);
  });

  it.each([
    ['GET', '/things/not-an-id', 404, 'notFound'],
    ['GET', '/things/%', 400, 'malformedRequest'],
    ['GET', '/things/by-name/%00', 400, 'validationFailed'],
    ['GET', '/things/by-name/%ff', 400, 'malformedRequest'],
    ['GET', '/nowhere', 404, 'notFound'],
    ['PUT', '/things', 405, 'methodNotAllowed'],
    ['GET', '/things?limit=abc', 400, 'validationFailed'],
    ['GET', '/things?limit=1e2', 400, 'validationFailed'],
    ['GET', '/things?limit=1&limit=2', 400, 'validationFailed'],
    ['GET', '/things?after=%00', 400, 'validationFailed'],
    ['GET', '/things?__proto__=1', 400, 'validationFailed'],
    ['GET', '/things?x[y]=1', 400, 'validationFailed'],
    ['GET', '/things/refused', 409, 'quotaFull'],
    ['GET', '/things/gone', 404, 'notFound'],
    ['GET', '/things/too-many', 429, 'tooManyRequests'],
    ['GET', '/things/broken', 500, 'internal'],
  ])('%s %s is answered with %i %s', async (method, path, status, code) => {
    const answer = await call(method, path);
    expect([answer.status, answer.body.error.code]).toEqual([status, code]);
    expect(JSON.stringify(answer.body)).not.toContain('hunter2');
    if (status === 405) expect(answer.headers.get('allow')).toBe('GET, HEAD, POST');
    if (status === 429) expect(answer.headers.get('retry-after')).toBe('7');
  });

  it('gets numbers of a query as numbers', async () => {
    const response = await fetch(`${testing.url}/api/things?limit=20`);
    expect(await response.json()).toEqual({ limit: 20 });
  });

  it('brings a file, and takes one home under its name', async () => {
    const form = new FormData();
    form.set('file', new Blob([Buffer.alloc(20)]), '执照.pdf');
    const sent = await fetch(`${testing.url}/api/things/file`, { method: 'POST', body: form });
    expect(await sent.json()).toEqual({ name: '执照.pdf', size: 20 });
    const large = new FormData();
    large.set('file', new Blob([Buffer.alloc(11 * 1024 * 1024)]), 'x.pdf');
    const refused = await fetch(`${testing.url}/api/things/file`, { method: 'POST', body: large });
    expect(((await refused.json()) as ErrorBody).error).toMatchObject({ code: 'payloadTooLarge', details: { limit: '10 MB' } });
    const none = await fetch(`${testing.url}/api/things/file`, { method: 'POST', body: new FormData() });
    expect(((await none.json()) as ErrorBody).error.code).toBe('validationFailed');
    const got = await fetch(`${testing.url}/api/things/download`);
    expect(got.headers.get('content-disposition')).toBe(`attachment; filename="__ _1_.csv"; filename*=UTF-8''${encodeURIComponent('名单 "1".csv')}`);
    expect(got.headers.get('x-content-type-options')).toBe('nosniff');
  });
});

describe('a process', () => {
  it('says whether it lives and whether it is ready', async () => {
    expect(await (await fetch(`${testing.url}/healthz`)).json()).toEqual({ ok: true });
    expect(await (await fetch(`${testing.url}/readyz`)).json()).toMatchObject({ ok: true, checks: { database: { ok: true } } });
  });

  it('shows its metrics to this machine, by route and never by address', async () => {
    const text = await (await fetch(`${testing.url}/metrics`)).text();
    expect(text).toContain('route="/api/things/by-name/:name"');
    expect(text).not.toContain('not-an-id');
    expect((await fetch(`${testing.url}/metrics`, { headers: { 'x-forwarded-for': '203.0.113.9' } })).status).toBe(404);
  });

  it('describes itself, with a page that loads nothing from elsewhere', async () => {
    const document = (await (await fetch(`${testing.url}/api/openapi.json`)).json()) as { paths: Record<string, { post?: { requestBody: { content: object } } }> };
    expect(Object.keys(document.paths)).toContain('/api/things/{thingId}');
    expect(document.paths['/api/things/file'].post?.requestBody.content).toMatchObject({ 'multipart/form-data': { schema: { required: ['file'] } } });
    const page = await (await fetch(`${testing.url}/api/docs`)).text();
    for (const [, address] of page.matchAll(/(?:src|href)="(?!data:)([^"]+)"/g)) {
      expect(address).toMatch(/^\//);
      expect((await fetch(testing.url + address)).status).toBe(200);
    }
  });

  it('lets pages load from itself only, and use the camera', async () => {
    const { headers } = await fetch(`${testing.url}/healthz`);
    expect(headers.get('content-security-policy')).toMatch(/default-src 'self';script-src 'self' 'wasm-unsafe-eval';/);
    expect(headers.get('permissions-policy')).toContain('camera=(self)');
    expect(headers.get('strict-transport-security')).toBeNull();
    expect(headers.get('x-powered-by')).toBeNull();
  });
});
