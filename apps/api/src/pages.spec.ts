import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { Module } from '@nestjs/common';
import type { FirstPage, FirstView } from '#libs/contracts';
import fc from 'fast-check';
import { eventsModule } from '#libs/events';
import { IdentityModule } from '#libs/identity';
import { newId } from '#libs/platform';
import { testApplication, type TestApplication } from '../../../test/support/application.js';
import { BoothsModule } from '#libs/booths';
import { FairsModule } from '#libs/fairs';
import { InsightsModule } from '#libs/insights';
import { JobsModule } from '#libs/jobs';
import { LiveModule } from '#libs/live';
import { FIRST_PAGE, FirstPages } from './first-pages.js';
import { HomeView } from './home-view.js';
import { withHead, type PageHead } from './page-head.js';
import { PageHeads } from './page-heads.js';
import { Pages } from './pages.js';
import { choiceOf, withView } from './page-view.js';
import { WEB_FOLDER, WebFiles } from './web-files.js';

const html = (name: string) => `<!doctype html>\n<html lang="zh-CN" data-surface="x"><head>\n<title>${name}</title>\n<!--head-->
<link rel="stylesheet" crossorigin href="/assets/style/core-Ab3_x-9Q.css">\n</head><body><div id="app"></div></body></html>`;
/** As Vite writes it: what a lazy page needs beyond the first script's own files. */
const manifest = {
  'index.html': { file: 'assets/phone/phone-Ab3_x-9Q.js', imports: ['_core.js'] },
  '_core.js': { file: 'assets/shared/core-AAAAAAAA.js', css: ['assets/style/core-Ab3_x-9Q.css'] },
  'src/phone/pages/LiveRoom.vue': { file: 'assets/phone/LiveRoom-AAAAAAAA.js', css: ['assets/style/LiveRoom-AAAAAAAA.css'], imports: ['index.html', '_core.js'] },
  secret: true,
};
const sheet = '.card{content:"$&"}';
const script = 'export const spring = 1;\n'.repeat(200);
/** Stands for the page that apps/web builds; test/browser/phone.spec.ts has the real one. */
const firstPage: FirstPage = {
  fairOfTheDay: ({ fairs }) => fairs.items[0] ?? null,
  render: async ({ fairs, near, crowd }, { language, largeText }) => {
    if (fairs.items[0]?.theme === 'breaks') throw new Error('This page cannot be written');
    return `<p>$& ${language} ${largeText} ${near?.regionName} ${near?.jobs.length} ${crowd?.snapshot.venue.inside}</p>`;
  },
};
/** What was read for the first page is kept for a second. */
const nextFirstPage = () => new Promise((done) => setTimeout(done, 1_050));
let folder: string;
let api: TestApplication;

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'fairwind-web-'));
  mkdirSync(path.join(folder, 'assets/phone'), { recursive: true });
  mkdirSync(path.join(folder, 'gate'));
  mkdirSync(path.join(folder, '.vite'));
  for (const name of ['index', 'console', 'gate', 'screen']) writeFileSync(path.join(folder, `${name}.html`), html(name));
  writeFileSync(path.join(folder, 'assets/phone/phone-Ab3_x-9Q.js'), script);
  writeFileSync(path.join(folder, 'assets/phone/phone-Ab3_x-9Q.js.br'), brotliCompressSync(script));
  writeFileSync(path.join(folder, 'assets/phone/phone-Ab3_x-9Q.js.gz'), gzipSync(script));
  writeFileSync(path.join(folder, 'assets/reader-AAAAAAAA.wasm'), 'wasm');
  mkdirSync(path.join(folder, 'assets/style'));
  writeFileSync(path.join(folder, 'assets/style/core-Ab3_x-9Q.css'), sheet);
  for (const lazy of ['phone/LiveRoom-AAAAAAAA.js', 'style/LiveRoom-AAAAAAAA.css']) writeFileSync(path.join(folder, 'assets', lazy), '');
  writeFileSync(path.join(folder, 'sw.js'), '// worker');
  writeFileSync(path.join(folder, 'gate/sw.js'), '// worker of the gate');
  writeFileSync(path.join(folder, 'phone.webmanifest'), '{}');
  writeFileSync(path.join(folder, '.vite/manifest.json'), JSON.stringify(manifest));
  writeFileSync(path.join(folder, '..', 'fairwind-outside.txt'), 'outside');
  @Module({ 
    imports: [eventsModule, IdentityModule, FairsModule, JobsModule, BoothsModule, InsightsModule, LiveModule],
    providers: [FirstPages, HomeView, Pages, PageHeads, WebFiles, { provide: WEB_FOLDER, useValue: folder }, { provide: FIRST_PAGE, useValue: async () => firstPage }],
  })
  class PagesOnly {}
  api = await testApplication({ imports: [PagesOnly] }, { publicUrl: 'https://fair.example/' });
});
afterAll(async () => {
  await api.close();
  rmSync(folder, { recursive: true, force: true });
});

const fetchPage = (where: string, headers: Record<string, string> = {}, method = 'GET') => fetch(`${api.url}${where}`, { method, headers, redirect: 'manual' });
/** fetch() takes conditions to mean that no cache may answer, and says so to the server. */
const statusOf = (where: string, headers: Record<string, string>) => new Promise<number>((resolve, reject) => {
  http.get(`${api.url}${where}`, { headers }, (answer) => { answer.resume(); resolve(answer.statusCode ?? 0); }).once('error', reject);
});
const text = async (where: string) => (await fetchPage(where)).text();

describe('files', () => {
  it('with a hash in their name are kept for ever, in the smallest form that the client takes', async () => {
    for (const [accept, encoding] of [['br, gzip', 'br'], ['gzip', 'gzip'], ['gzip;q=1, br;q=0.1', 'gzip'], ['identity', null]] as const) {
      const answer = await fetchPage('/assets/phone/phone-Ab3_x-9Q.js', { 'accept-encoding': accept });
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-encoding')).toBe(encoding);
      expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      expect(answer.headers.get('content-type')).toMatch(/^text\/javascript/);
      expect(answer.headers.get('vary')).toMatch(/accept-encoding/i);
      expect(await answer.text()).toBe(script);
    }
  });

  it('that must be new are asked for again: pages, workers, manifests', async () => {
    for (const where of ['/', '/gate', '/sw.js', '/gate/sw.js', '/phone.webmanifest']) {
      const answer = await fetchPage(where);
      expect([where, answer.status, answer.headers.get('cache-control')]).toEqual([where, 200, 'no-cache']);
      expect(await statusOf(where, { 'if-none-match': answer.headers.get('etag')! })).toBe(304);
    }
    expect((await fetchPage('/phone.webmanifest')).headers.get('content-type')).toMatch(/^application\/manifest\+json/);
    expect((await fetchPage('/assets/reader-AAAAAAAA.wasm')).headers.get('content-type')).toBe('application/wasm');
  });

  it.each(['/../fairwind-outside.txt', '/%2e%2e/fairwind-outside.txt', '/..%2ffairwind-outside.txt', '/assets/..%5c..%5cfairwind-outside.txt', '/.vite/manifest.json', '/%2evite/manifest.json',
    '/assets/phone', '/nothing.js', '/assets/%00.js', '/%', '/%c0%ae%c0%ae/x.txt', '//etc/passwd'])('nothing but what was built is served: %s', async (where) => {
    const answer = await fetchPage(where);
    const body = await answer.text();
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(body).not.toMatch(/outside(?!\.txt)|"secret"|root:/);
    if (!body.startsWith('<!doctype')) expect(JSON.parse(body)).toMatchObject({ error: { code: expect.stringMatching(/^(notFound|malformedRequest)$/) } });
  });
});

describe('surfaces', () => {
  it.each([
    ['/', '春风·招聘会'], ['/fairs', 'index'], ['/jobs', 'index'], ['/tickets/x', 'index'], ['/me/profile', 'index'], ['/b/ABCD', 'index'], ['/live', 'index'], ['/link/abc', 'index'],
    ['/console', 'console'], ['/console/fairs/1', 'console'], ['/gate', 'gate'], ['/gate/pair', 'gate'], ['/screen/1', 'screen'],
  ])('%s is the page of %s', async (where, name) => {
    const answer = await fetchPage(where);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toMatch(/^text\/html/);
    expect(await answer.text()).toContain(`<title>${name}</title>`);
  });

  it.each(['index', 'gate'])('the bare page %s.html is there for the service worker to keep, and not to be indexed', async (name) => {
    const answer = await fetchPage(`/${name}.html`);
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-cache']);
    const body = await answer.text();
    expect(body).toContain(`<title>${name}</title>`);
    expect(body).toContain('noindex');
    expect((await fetchPage('/console.html')).status).toBe(404);
  });

  it('a page that there is not is the phone’s, with 404 and not to be indexed', async () => {
    const answer = await fetchPage('/nowhere/at/all');
    expect(answer.status).toBe(404);
    const body = await answer.text();
    expect(body).toContain('<title>index</title>');
    expect(body).toContain('noindex');
  });

  it('the API’s own 404 stays the API’s, and only GET and HEAD are pages', async () => {
    const api404 = await fetchPage('/api/nowhere');
    expect(api404.status).toBe(404);
    expect(await api404.json()).toMatchObject({ error: { code: 'notFound' } });
    expect((await fetchPage('/fairs', {}, 'POST')).status).toBe(405);
    const head = await fetchPage('/fairs', {}, 'HEAD');
    expect([head.status, await head.text()]).toEqual([200, '']);
  });
});

describe('public pages', () => {
  const hostile = `招聘会</script><script>alert(1)</script> "&' $& $\` <!-- \u2028`;

  async function fairRow(facts: object = {}) {
    const organiserId = newId();
    await api.database.read.organisation.create({ data: { id: organiserId, kind: 'organiser', name: '澜江市人社局', regionCode: '350100', department: '人社' } });
    return api.database.read.fair.create({ data: {
      id: newId(), organiserId, name: hostile, theme: '春风送岗位', channel: 'both', status: 'published', regionCode: '350102', venueName: '澜江会展中心', venueAddress: '澜江路 1 号',
      startsAt: new Date('2026-03-07T01:00:00Z'), endsAt: new Date('2026-03-07T09:00:00Z'), latitude: 26.1, longitude: 119.3, ...facts,
    } });
  }
  const onNow = () => ({ status: 'open' as const, startsAt: new Date(Date.now() - 3_600_000), endsAt: new Date(Date.now() + 3_600_000) });
  const data = (body: string) => {
    const [, json] = /<script type="application\/ld\+json">([^<]*)<\/script>/.exec(body)!;
    return JSON.parse(json!) as Record<string, unknown>;
  };

  it('of a fair say what it is, where and when; what people wrote is never markup', async () => {
    const fair = await fairRow();
    const answer = await fetchPage(`/fairs/${fair.id}`);
    const body = await answer.text();
    expect(answer.status).toBe(200);
    expect(body.match(/<script/g)).toHaveLength(1);
    expect(body).toContain('<title>招聘会&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt; &quot;&amp;&#39; $&amp; $` &lt;!-- \u2028</title>');
    expect(body).toContain(`<link rel="canonical" href="https://fair.example/fairs/${fair.id}">`);
    expect(body).toContain('<meta property="og:image" content="https://fair.example/share.png">');
    expect(body).toContain('<meta name="description" content="3 月 7 日 09:00–17:00·澜江会展中心·春风送岗位">');
    expect(data(body)).toMatchObject({
      '@type': 'Event', name: hostile, startDate: '2026-03-07T09:00:00+08:00', endDate: '2026-03-07T17:00:00+08:00',
      eventStatus: 'https://schema.org/EventScheduled', eventAttendanceMode: 'https://schema.org/MixedEventAttendanceMode', organizer: { name: '澜江市人社局' },
      location: [{ name: '澜江会展中心', address: { addressCountry: 'CN', addressRegion: '福建省', addressLocality: '福州市鼓楼区', streetAddress: '澜江路 1 号' } }, { '@type': 'VirtualLocation' }],
    });
    expect((await fetchPage(`/fairs/${fair.id}/plan`)).status).toBe(200);
  });

  it('the first page brings the fairs with it, as the API answers them, and no markup of anybody’s', async () => {
    const fair = await fairRow(onNow());
    await nextFirstPage();
    const body = await text('/');
    const [, json] = /<script type="application\/json" id="first">([^<]*)<\/script>/.exec(body)!;
    const { at, fairs } = JSON.parse(json!) as FirstView;
    expect(Date.now() - Date.parse(at)).toBeLessThan(120_000);
    expect(fairs).toEqual(await (await fetchPage('/api/fairs?limit=20')).json());
    expect(fairs.items[0]).toMatchObject({ id: fair.id, name: hostile });
    expect(body.match(/<script/g)).toHaveLength(1);
    expect(body).toContain('<meta name="description" content="招聘会&lt;/script&gt;');
  });

  it('the first page is painted as it comes: its content and its styles stand in it, in the form that the browser remembers', async () => {
    const fair = await fairRow({ ...onNow(), startsAt: new Date(Date.now() - 7_200_000) });
    const zoneId = newId();
    await api.database.read.zone.create({ data: { id: zoneId, fairId: fair.id, letter: '', name: '澜江会展中心', approvedNumber: 100 } });
    await api.database.read.zoneState.create({ data: { zoneId, fairId: fair.id } });
    await nextFirstPage();
    const answer = await fetchPage('/');
    const body = await answer.text();
    expect(body).toContain('<div id="app" data-served="zh normal"><p>$& zh false 福州市鼓楼区 0 0</p></div>');
    expect(body).toContain(`<link rel="stylesheet" crossorigin href="/assets/style/core-Ab3_x-9Q.css" disabled>\n<style>${sheet}</style>`);
    expect(answer.headers.get('vary')).toMatch(/cookie/i);
    const english = await (await fetchPage('/', { cookie: 'a=b; fw-language=en; fw-text=large' })).text();
    expect(english).toContain('<html lang="en" data-text="large" data-surface="x">');
    expect(english).toContain('<div id="app" data-served="en large"><p>$& en true');
    expect(await (await fetchPage('/?lang=zh', { cookie: 'fw-language=en' })).text()).toContain('data-served="zh normal"');
    for (const where of ['/jobs', '/index.html', `/fairs/${fair.id}`]) expect(await text(where)).toContain('<div id="app"></div>');
  });

  it('the first page is the browser’s own to make where the server cannot', async () => {
    await fairRow({ ...onNow(), theme: 'breaks', startsAt: new Date(Date.now() - 10_800_000) });
    await nextFirstPage();
    const body = await text('/');
    expect(body).toContain('<div id="app"></div>');
    expect(body).not.toContain('<style>');
    expect(body).toContain('id="first"');
  });

  it.each([
    [undefined, undefined, 'zh', false], ['fw-language=en', undefined, 'en', false], ['x=1;fw-text=large', undefined, 'zh', true], ['not-fw-language=en', undefined, 'zh', false],
    ['fw-language=en', 'zh', 'zh', false], ['', 'en', 'en', false], ['fw-language=en"><script>', ['en', 'en'], 'zh', false],
  ])('cookies %s and lang %s are read as %s', (cookies, asked, language, largeText) => {
    expect(choiceOf(cookies, asked)).toEqual({ language, largeText });
  });

  it('whose sheets are not there keep their links', () => {
    const served = withView(html('x'), { content: 'c', choice: { language: 'zh', largeText: false }, styles: new Map() });
    expect(served).toBe(html('x').replace('<div id="app">', '<div id="app" data-served="zh normal">c'));
  });

  it('of a cancelled fair say so', async () => {
    expect(data(await text(`/fairs/${(await fairRow({ status: 'cancelled', channel: 'hall' })).id}`))).toMatchObject({
      eventStatus: 'https://schema.org/EventCancelled', location: { '@type': 'Place' },
    });
  });

  it('of a draft, a template, or nothing are 404, with the page still shown', async () => {
    for (const id of [(await fairRow({ status: 'draft' })).id, (await fairRow({ isTemplate: true })).id, newId(), 'not-an-id', `${newId()}/nothing`]) {
      const answer = await fetchPage(`/fairs/${id}`);
      const body = await answer.text();
      expect([answer.status, body.includes('<title>index</title>'), body.includes('招聘会')]).toEqual([404, true, false]);
    }
  });

  it('of a job say its pay and until when; one that is not on offer, or whose employer is not verified, is 404', async () => {
    const organisationId = newId();
    const db = api.database.read;
    await db.organisation.create({ data: { id: organisationId, kind: 'employer', name: '海峤精密', regionCode: '350100', creditCode: newId().slice(0, 18) } });
    const job = (facts: object = {}) => db.job.create({ data: {
      id: newId(), organisationId, title: '电工', headCount: 3, conditions: '会看图纸', content: '装配 <b>电柜</b>\n倒班', place: '澜江路 9 号', regionCode: '350100', payMin: 5_500, payMax: 7_000,
      payTerms: '底薪 + 计件', validUntil: new Date('2099-01-31'), tags: [], status: 'published', publishedAt: new Date('2026-03-01T00:00:00Z'), ...facts,
    } });
    const shown = await job();
    expect((await fetchPage(`/jobs/${shown.id}`)).status).toBe(404);
    await db.licence.create({ data: { id: newId(), organisationId, number: 'YZ1', expiresOn: new Date('2099-12-31'), fileId: newId(), status: 'approved', reviewedAt: new Date(), reviewedById: newId() } });
    const body = await text(`/jobs/${shown.id}`);
    expect(body).toContain('<title>电工·5,500–7,000 元/月</title>');
    expect(data(body)).toMatchObject({
      '@type': 'JobPosting', title: '电工', validThrough: '2099-01-31T23:59:59+08:00', datePosted: '2026-03-01', totalJobOpenings: 3, hiringOrganization: { name: '海峤精密' },
      jobLocation: { address: { streetAddress: '澜江路 9 号', addressLocality: '福州市' } },
      baseSalary: { currency: 'CNY', value: { minValue: 5_500, maxValue: 7_000, unitText: 'MONTH' } },
      description: '<p>装配 &lt;b&gt;电柜&lt;/b&gt;<br>倒班</p><p>会看图纸</p><p>底薪 + 计件</p>',
    });
    for (const hidden of [await job({ status: 'draft' }), await job({ status: 'closed' }), await job({ validUntil: new Date('2020-01-01') })]) {
      expect((await fetchPage(`/jobs/${hidden.id}`)).status).toBe(404);
    }
    expect(data(await text(`/jobs/${(await job({ payUnit: 'piece' })).id}`))).not.toHaveProperty('baseSalary');

    const fair = await fairRow();
    const booth = await db.booth.create({ data: { id: newId(), fairId: fair.id, zoneId: newId(), number: 'A-07', organisationId, leadCode: newId() } });
    const stand = await text(`/booths/${booth.id}`);
    expect(stand).toContain('<title>海峤精密·A-07 展位</title>');
    expect(data(stand)).toMatchObject({
      '@type': 'Event', name: '海峤精密·A-07 展位', organizer: { '@type': 'Organization', name: '海峤精密' }, startDate: expect.any(String) as string,
      superEvent: { '@type': 'Event', name: fair.name, url: expect.stringMatching(`/fairs/${fair.id}$`) as string },
    });
    const free = await db.booth.create({ data: { id: newId(), fairId: fair.id, zoneId: newId(), number: 'A-08', leadCode: newId() } });
    expect((await fetchPage(`/booths/${free.id}`)).status).toBe(404);
  });

  it('of a broadcast show its cover; one that was called off is 404', async () => {
    const fair = await fairRow();
    const organisationId = newId();
    const db = api.database.read;
    await db.organisation.create({ data: { id: organisationId, kind: 'employer', name: '海峤精密', regionCode: '350100', creditCode: newId().slice(0, 18) } });
    const [coverFileId, at] = [newId(), new Date('2026-03-07T02:00:00Z')];
    const broadcast = (facts: object = {}) => db.broadcast.create({ data: {
      id: newId(), fairId: fair.id, boothId: newId(), organisationId, roomId: newId(), title: '车间里看岗位', startsAt: at, endsAt: new Date(at.getTime() + 3_600_000), ...facts,
    } });
    const covered = await broadcast({ coverFileId });
    const body = await text(`/live/${covered.id}`);
    expect(body).toContain('<title>车间里看岗位·海峤精密</title>');
    expect(body).toContain(`<meta property="og:image" content="https://fair.example/api/broadcasts/${covered.id}/cover?file=${coverFileId}">`);
    expect(data(body)).toMatchObject({ '@type': 'BroadcastEvent', name: '车间里看岗位', startDate: '2026-03-07T10:00:00+08:00', organizer: { name: '海峤精密' } });
    expect(await text(`/live/${(await broadcast()).id}`)).toContain('<meta property="og:image" content="https://fair.example/share.png">');
    // Its code comes beside the first script; what that brings anyway is not named twice.
    expect(body.match(/<link rel="(?:modulepreload|preload)[^>]*>/g)).toEqual([
      '<link rel="modulepreload" crossorigin href="/assets/phone/LiveRoom-AAAAAAAA.js">', '<link rel="preload" as="style" crossorigin href="/assets/style/LiveRoom-AAAAAAAA.css">',
    ]);
    expect(await text('/jobs')).not.toContain('preload');
    for (const gone of [(await broadcast({ status: 'cancelled' })).id, newId()]) expect((await fetchPage(`/live/${gone}`)).status).toBe(404);
  });

  it('are text whatever is in them', () => {
    const page = html('x');
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(hostile, '</title>', '-->', '"><img src=x onerror=alert(1)>')), (words) => {
      const head: PageHead = { title: words, description: words, url: 'https://x/', image: 'https://x/p.png', data: { name: words } };
      const body = withHead(page, head);
      expect(data(body)).toEqual(JSON.parse(JSON.stringify({ name: words })));
      const plain = withHead(page, { ...head, title: 'x', description: 'x', data: { name: 'x' } });
      // Not one element, comment or attribute more than with harmless words.
      const signs = (text: string) => text.split(/[<>"]/).length;
      expect(signs(body) - signs(plain)).toBe(signs(JSON.stringify(words).replace(/[<>]/g, '')) - 3);
    }));
  });
});
