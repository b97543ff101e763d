import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Controller, Get, Post, type Type } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import { SignJWT } from 'jose';
import type { Actor } from '#libs/contracts';
import { bootModule, configureHttp, DomainError, Keys, PlatformModule, Settings } from '#libs/platform';
import { enrol } from '../../../test/support/actors.js';
import { goodPassword } from '../../../test/support/identity.js';
import { testDatabase, type TestDatabase } from '../../../test/support/database.js';
import { AccessTokens } from './access-tokens.js';
import { ActorSources } from './actor-sources.js';
import { Allow, Me } from './allow.js';
import { IdentityModule } from './identity.module.js';
import { LinkUses } from './link-uses.js';

@Controller('spec')
@Allow('candidate')
class SpecController {
  @Get() mine(@Me() actor: Actor): Actor { return actor; }
  @Get('open') @Allow('anyone') open(@Me() actor: Actor): Actor { return actor; }
  @Get('device') @Allow('gateDevice', 'organiserStaff') device(@Me() actor: Actor): Actor { return actor; }
}

@Controller('forgotten')
class ForgottenController {
  @Get('fine') @Allow('anyone') fine(): string { return ''; }
  @Post('open') nobodyDecided(): string { return ''; }
}

describe('access', () => {
  let testing: TestDatabase;
  let app: NestExpressApplication;
  let url: string;
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'fairwind-access-'));

  async function boot(controller: Type): Promise<NestExpressApplication> {
    const settings = Object.assign(new Settings(), { dataDir, logLevel: 'silent' });
    const module = await Test.createTestingModule({ imports: [bootModule(settings, testing.database), PlatformModule, IdentityModule], controllers: [controller] }).compile();
    const made = module.createNestApplication<NestExpressApplication>({ bodyParser: false, logger: false });
    configureHttp(made, settings);
    await made.init();
    return made;
  }

  beforeAll(async () => {
    testing = await testDatabase();
    app = await boot(SpecController);
    await app.listen(0, '127.0.0.1');
    url = await app.getUrl();
    await enrol(testing.database, { role: 'candidate', accountId });
    await enrol(testing.database, { role: 'platformAdmin', accountId: platformId });
  }, 60_000);
  afterAll(async () => {
    await app?.close();
    await testing?.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  const accountId = '01890a5d-ac96-774b-bcce-b302099a8057';
  const platformId = '01890a5d-ac96-774b-bcce-b302099a8058';
  const token = (role: 'candidate' | 'platformAdmin', now?: Date) => app.get(AccessTokens).issue({ role, accountId: role === 'candidate' ? accountId : platformId }, now);
  async function ask(route: string, bearer?: string): Promise<unknown> {
    const response = await fetch(`${url}/api/spec${route}`, { headers: bearer === undefined ? {} : { Authorization: bearer } });
    const body = (await response.json()) as { error?: { code: string } };
    return body.error?.code ?? body;
  }

  it('lets in whom the route lists, and nobody else', async () => {
    expect(await ask('', `Bearer ${await token('candidate')}`)).toEqual({ role: 'candidate', accountId });
    expect(await ask('', `Bearer ${await token('platformAdmin')}`)).toBe('forbidden');
    expect(await ask('')).toBe('unauthenticated');
    expect(await ask('/open')).toEqual({ role: 'anyone' });
    expect(await ask('/open', `Bearer ${await token('platformAdmin')}`)).toEqual({ role: 'platformAdmin', accountId: platformId });
  });

  it('tells an expired token from garbage, on public routes too', async () => {
    const eleven = new Date(Date.now() - 11 * 60_000);
    for (const route of ['', '/open']) {
      expect(await ask(route, `Bearer ${await token('candidate', eleven)}`)).toBe('tokenExpired');
      for (const garbage of ['Bearer', 'Bearer x', 'Basic eDp5', `Bearer ${(await token('candidate')).slice(0, -2)}xx`, 'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.', `Bearer ${'a'.repeat(3000)}`]) {
        expect(await ask(route, garbage)).toBe('unauthenticated');
      }
    }
  });

  it('refuses tokens that somebody else signed, or for something else', async () => {
    const sign = (key: Uint8Array, claims: Record<string, unknown>) => new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).setIssuer('fairwind').setSubject(accountId).setIssuedAt().setExpirationTime('5m').sign(key);
    expect(await ask('', `Bearer ${await sign(new Uint8Array(32), { role: 'candidate' })}`)).toBe('unauthenticated');
    const key = app.get(Keys).token;
    expect(await ask('', `Bearer ${await sign(key, { role: 'gateDevice' })}`)).toBe('unauthenticated');
    expect(await ask('', `Bearer ${await sign(key, { role: 'recruiter' })}`)).toBe('unauthenticated'); // of no organisation
    expect(await ask('', `Bearer ${await sign(key, { role: 'candidate' })}`)).toEqual({ role: 'candidate', accountId });
  });

  it('refuses a token that says what is not so: another role, nobody’s account', async () => {
    const say = (role: 'candidate' | 'platformAdmin', id: string) => app.get(AccessTokens).issue({ role, accountId: id });
    for (const said of [say('platformAdmin', accountId), say('candidate', platformId), say('candidate', '01890a5d-ac96-774b-bcce-b302099a8059')]) {
      expect(await ask('/open', `Bearer ${await said}`)).toBe('tokenExpired');
    }
  });

  it('carries ids and a role only', async () => {
    const claims = JSON.parse(Buffer.from((await token('candidate')).split('.')[1]!, 'base64url').toString()) as Record<string, unknown>;
    expect(Object.keys(claims).sort()).toEqual(['exp', 'iat', 'iss', 'role', 'sub']);
    expect((claims.exp as number) - Math.floor(claims.iat as number)).toBe(600);
  });

  it('asks other sources for other tokens', async () => {
    app.get(ActorSources).add('dev_', async (text) => {
      if (text !== 'dev_right') throw new DomainError('deviceRevoked');
      return { role: 'gateDevice', deviceId: accountId, fairId: accountId, gateId: accountId };
    });
    expect(await ask('/device', 'Bearer dev_right')).toMatchObject({ role: 'gateDevice' });
    expect(await ask('/device', 'Bearer dev_wrong')).toBe('deviceRevoked');
    expect(await ask('', 'Bearer dev_right')).toBe('forbidden');
  });

  it('does not boot with a route that nobody has decided about', async () => {
    await expect(boot(ForgottenController)).rejects.toThrow('Say with @Allow who may call: ForgottenController.nobodyDecided');
  });

  it('keeps the refresh token in a cookie that scripts and other sites cannot use', async () => {
    await testing.database.read.account.update({ where: { id: platformId }, data: { platformAdmin: false } }); // else nobody is the first
    const link = (await app.get(LinkUses).firstAdministratorLink())!;
    const used = await fetch(`${url}/api/auth/links/use`, {
      method: 'POST', headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ token: link.url.split('/').at(-1), password: goodPassword, loginName: ' Admin ', displayName: '管理员' }),
    });
    expect(used.status).toBe(200);
    expect(await used.clone().text()).not.toContain(/refresh=([^;]+)/.exec(used.headers.getSetCookie()[0]!)![1]);
    const cookie = used.headers.getSetCookie()[0]!;
    for (const part of [/HttpOnly/, /SameSite=Strict/, /Path=\/api\/auth(;|$)/]) expect(cookie).toMatch(part);
    expect(cookie).not.toMatch(/Secure/); // plain http on this machine
    const refresh = (header?: string) => fetch(`${url}/api/auth/refresh`, { method: 'POST', headers: header ? { Cookie: header } : {} });
    expect((await refresh()).status).toBe(401);
    const again = await refresh(`other=1; ${cookie.split(';')[0]}`);
    expect(again.status).toBe(200);
    expect(await again.json()).toMatchObject({ expiresIn: 600, account: { role: 'platformAdmin', displayName: '管理员' } });
    const next = again.headers.getSetCookie()[0]!.split(';')[0]!;
    const out = await fetch(`${url}/api/auth/sign-out`, { method: 'POST', headers: { Cookie: next } });
    expect(out.status).toBe(204);
    expect(out.headers.getSetCookie()[0]).toMatch(/^refresh=;/);
    expect((await refresh(next)).status).toBe(401);
  });
});
