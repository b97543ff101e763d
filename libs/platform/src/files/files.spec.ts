import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { existsSync, readdirSync, statSync, utimesSync } from 'node:fs';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { testModule, type TestModule } from '../../../../test/support/module.js';
import { Settings } from '../config/settings.js';
import type { StoredFile } from '../database/models.js';
import { cleanName, typeOf } from './file-kinds.js';
import { Files } from './files.js';

const pdf = Buffer.from('%PDF-1.7 scan');
const png = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.from('rest')]);
const docx = Buffer.concat([Buffer.from('504b0304', 'hex'), Buffer.from('…[Content_Types].xml…word/document.xml…')]);
let testing: TestModule;
let files: Files;

async function start(settings: Partial<Settings> = {}) {
  testing = await testModule({}, settings);
  files = testing.module.get(Files);
}
const keep = (bytes: Buffer, more: object = {}): Promise<StoredFile> =>
  testing.database.transaction((tx) => files.keep(tx, { kind: 'cv', name: '简历.pdf', mediaType: 'application/pdf', bytes, ...more }));

describe.each(['disk', 's3'])('files on %s', (where) => {
  let bucket: Awaited<ReturnType<typeof fakeBucket>> | undefined;
  beforeAll(async () => {
    if (where === 's3') bucket = await fakeBucket();
    await start(bucket && { s3Endpoint: bucket.url, s3Bucket: 'fair', s3KeyId: 'id', s3Secret: 'secret' });
  }, 60_000);
  afterAll(async () => {
    await testing.close();
    bucket?.server.close();
  });

  it('come back as they went in', async () => {
    const file = await keep(pdf);
    expect(file).toMatchObject({ name: '简历.pdf', mediaType: 'application/pdf', size: pdf.length });
    const { stream } = await files.read(file.id);
    expect(await buffer(stream)).toEqual(pdf);
  });

  it('of a person are sealed with the person’s key: bytes and name', async () => {
    const key = Buffer.alloc(32, 7);
    const file = await keep(pdf, { key });
    expect(file).toMatchObject({ name: '简历.pdf', mediaType: 'application/pdf', size: pdf.length });
    const row = await testing.database.read.storedFile.findUniqueOrThrow({ where: { id: file.id } });
    expect([row.name, files.nameOf(row, key)]).toEqual(['cv.pdf', '简历.pdf']);
    expect((await buffer((await files.read(file.id)).stream)).includes('scan')).toBe(false);
    const opened = await files.read(file.id, key);
    expect([opened.file.name, await buffer(opened.stream)]).toEqual(['简历.pdf', pdf]);
    await expect(files.read(file.id, Buffer.alloc(32, 8))).rejects.toThrow();
  });

  it('go when they are removed, after the commit only', async () => {
    const file = await keep(pdf);
    await expect(testing.database.transaction(async (tx) => {
      await files.remove(tx, file.id);
      throw new Error('no');
    })).rejects.toThrow('no');
    await buffer((await files.read(file.id)).stream);
    await testing.database.transaction((tx) => files.remove(tx, file.id));
    await expect(files.read(file.id)).rejects.toMatchObject({ code: 'notFound' });
    await testing.database.transaction((tx) => files.remove(tx, file.id));
  });

  it('of a transaction that was rolled back are swept a day later', async () => {
    const kept = await keep(pdf);
    await expect(testing.database.transaction(async (tx) => {
      await files.keep(tx, { kind: 'cv', name: 'x', mediaType: '', bytes: png });
      throw new Error('no');
    })).rejects.toThrow('no');
    expect(await files.sweep()).toBe(0);
    expect(await files.sweep(new Date(Date.now() + 25 * 3_600_000))).toBeGreaterThan(0);
    expect(await files.sweep(new Date(Date.now() + 25 * 3_600_000))).toBe(0);
    expect(await buffer((await files.read(kept.id)).stream)).toEqual(pdf);
  });
});

describe.each(['disk', 's3'])('an area on %s', (where) => {
  let bucket: Awaited<ReturnType<typeof fakeBucket>> | undefined;
  beforeAll(async () => {
    if (where === 's3') bucket = await fakeBucket();
    await start(bucket && { s3Endpoint: bucket.url, s3Bucket: 'fair', s3KeyId: 'id', s3Secret: 'secret' });
  }, 60_000);
  afterAll(async () => {
    await testing.close();
    bucket?.server.close();
  });

  it('keeps bytes by names of its own, and no sweep takes them', async () => {
    const area = files.area('recordings');
    await area.put('one/1.m4s', Buffer.from('one'), 'video/mp4');
    await area.put('two/1.m4s', Buffer.from('two'), 'video/mp4');
    expect(await area.read('one/1.m4s')).toEqual(Buffer.from('one'));
    expect(await area.read('one/2.m4s')).toBeNull();
    const listed: string[] = [];
    for await (const { key } of area.list('one')) listed.push(key);
    expect(listed).toEqual(['one/1.m4s']);
    expect(await files.sweep(new Date(Date.now() + 48 * 3_600_000))).toBe(0);
    await area.remove('one/1.m4s');
    expect([await area.read('one/1.m4s'), await area.read('two/1.m4s')]).toEqual([null, Buffer.from('two')]);
    expect(() => files.area('ab')).toThrow('not a name');
  });
});

describe('a file', () => {
  beforeAll(() => start(), 60_000);
  afterAll(() => testing.close());

  it('is what its bytes are, whatever it is called', async () => {
    expect(typeOf('cv', docx)?.name).toBe('DOCX');
    expect(await keep(png, { mediaType: 'application/pdf' })).toMatchObject({ mediaType: 'image/png', name: '简历.png' });
    await expect(keep(Buffer.from('<script>'))).rejects.toMatchObject({ code: 'unsupportedFile', details: { allowed: 'PDF / DOCX / JPEG / PNG' } });
    await expect(keep(Buffer.from('504b0304aa', 'hex'))).rejects.toMatchObject({ code: 'unsupportedFile' });
    await expect(keep(docx, { kind: 'licence' })).rejects.toMatchObject({ code: 'unsupportedFile' });
    await expect(keep(Buffer.alloc(0))).rejects.toMatchObject({ code: 'unsupportedFile' });
    const large = Buffer.concat([pdf, Buffer.alloc(10 * 1024 * 1024)]);
    await expect(keep(large)).rejects.toMatchObject({ code: 'payloadTooLarge' });
  });

  it.each([
    ['../../etc/passwd', 'passwd.pdf'],
    ['C:\\temp\\执照.PDF', '执照.pdf'],
    ['photo\u202efdp.exe', 'photofdp.pdf'],
    ['a\0b\n.pdf', 'ab.pdf'],
    ['..', 'file.pdf'],
    ['', 'file.pdf'],
    ['x'.repeat(500), `${'x'.repeat(110)}.pdf`],
    ['a"b<c>.docx', 'a_b_c_.pdf'],
  ])('called %j is kept as %s', (name, expected) => {
    const type = typeOf('cv', pdf);
    expect(type && cleanName(name, type)).toBe(expected);
  });

  it('lies on disk for this user only, without a half one beside it', async () => {
    const file = await keep(pdf);
    const folder = path.join(testing.settings.dataDir, 'files');
    expect(statSync(path.join(folder, file.storageKey)).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder, { recursive: true }).filter((name) => String(name).endsWith('.part'))).toEqual([]);
    utimesSync(path.join(folder, file.storageKey), 0, 0);
    await files.sweep();
    expect(existsSync(path.join(folder, file.storageKey))).toBe(true);
  });
});

/** As much of S3 as is used here, over real HTTP with the real SDK. */
async function fakeBucket(): Promise<{ server: Server; url: string }> {
  const objects = new Map<string, Buffer>();
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://x');
    const key = decodeURIComponent(pathname.replace(/^\/fair\/?/, ''));
    const body = await buffer(request);
    if (!request.headers.authorization?.startsWith('AWS4-HMAC-SHA256')) return response.writeHead(403).end();
    if (request.method === 'PUT') return objects.set(key, body) && response.end();
    if (request.method === 'DELETE') return response.writeHead(objects.delete(key) ? 204 : 204).end();
    if (searchParams.has('list-type')) {
      const contents = [...objects.keys()].filter((name) => name.startsWith(searchParams.get('prefix') ?? '')).map((name) => `<Contents><Key>${name}</Key><LastModified>${new Date().toISOString()}</LastModified></Contents>`);
      return response.setHeader('Content-Type', 'application/xml').end(`<ListBucketResult><IsTruncated>false</IsTruncated>${contents.join('')}</ListBucketResult>`);
    }
    const found = objects.get(key);
    if (found) return response.end(found);
    return response.writeHead(404, { 'Content-Type': 'application/xml' }).end('<Error><Code>NoSuchKey</Code></Error>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}
