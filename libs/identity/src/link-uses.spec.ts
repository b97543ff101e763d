import { goodPassword, people, type People } from '../../../test/support/identity.js';
import { AccessTokens } from './access-tokens.js';
import { LinkUses } from './link-uses.js';
import { Members } from './members.js';
import { OneTimeLinks } from './one-time-links.js';
import { SignIns } from './sign-ins.js';
import type { MemberActor } from './actor.js';

const tokenOf = ({ url }: { url: string }) => url.split('/').at(-1)!;

describe('one-time links', () => {
  let testing: People;
  let uses: LinkUses;
  let members: Members;
  let bureau: MemberActor;
  beforeAll(async () => {
    testing = await people({}, { publicUrl: 'https://fair.example/' });
    [uses, members] = [testing.module.get(LinkUses), testing.module.get(Members)];
    bureau = await testing.bureau();
  }, 60_000);
  afterAll(() => testing?.close());

  const invite = (role: MemberActor['role'] = 'organiserStaff') => members.invite(bureau, bureau.organisationId, role);
  const use = (token: string, loginName: string) => uses.use({ token, password: goodPassword, loginName, displayName: '陈小雨' });

  it('say what they are for, and are kept as hashes', async () => {
    const link = await invite();
    expect(link.url).toMatch(/^https:\/\/fair\.example\/console\/link\/[\w-]{43}$/);
    expect(await testing.module.get(OneTimeLinks).look(tokenOf(link))).toMatchObject({ purpose: 'invitation', role: 'organiserStaff', loginName: null });
    const [row] = await testing.database.read.$queryRaw<{ text: string }[]>`SELECT l::text AS text FROM "OneTimeLink" l ORDER BY "createdAt" DESC LIMIT 1`;
    expect(row!.text).not.toContain(tokenOf(link));
  });

  it('take in one colleague when two open them in the same moment', async () => {
    const token = tokenOf(await invite());
    const before = await testing.database.read.membership.count({ where: { organisationId: bureau.organisationId } });
    const outcomes = await Promise.allSettled(Array.from({ length: 6 }, (_, n) => use(token, `racer-${n}`)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const outcome of outcomes) if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'linkInvalid' });
    expect(await testing.database.read.membership.count({ where: { organisationId: bureau.organisationId } })).toBe(before + 1);
    expect(await testing.database.read.account.count({ where: { loginName: { startsWith: 'racer-' } } })).toBe(1);
  });

  it('stay good when they were used wrongly', async () => {
    const token = tokenOf(await invite());
    await expect(uses.use({ token, password: 'password123', loginName: 'xiaoyu', displayName: '陈小雨' })).rejects.toMatchObject({ code: 'passwordTooWeak' });
    await expect(use(token, 'platform')).rejects.toMatchObject({ code: 'loginNameTaken' });
    await expect(uses.use({ token, password: goodPassword })).rejects.toMatchObject({ code: 'validationFailed' });
    expect((await use(token, 'xiaoyu')).signedIn.account).toMatchObject({ role: 'organiserStaff', organisation: { id: bureau.organisationId } });
    await expect(use(token, 'xiaoyu-2')).rejects.toMatchObject({ code: 'linkInvalid' });
  });

  it('end after seven days', async () => {
    const link = await invite();
    expect(Date.parse(link.expiresAt) - Date.now()).toBeGreaterThan(7 * 86_400_000 - 60_000);
    await testing.database.read.$executeRaw`UPDATE "OneTimeLink" SET "expiresAt" = now() - interval '1 second' WHERE "usedAt" IS NULL`;
    await expect(use(tokenOf(link), 'late')).rejects.toMatchObject({ code: 'linkInvalid' });
  });

  it('set a forgotten password anew, and end the sign-ins and access tokens under the old one', async () => {
    const member = await testing.colleague(bureau, 'organiserStaff');
    const { loginName } = await testing.database.read.account.findUniqueOrThrow({ where: { id: member.accountId } });
    const before = await testing.module.get(SignIns).byPassword(loginName!, goodPassword);
    const token = tokenOf(await members.resetPassword(bureau, bureau.organisationId, member.accountId));
    expect(await testing.module.get(OneTimeLinks).look(token)).toMatchObject({ purpose: 'passwordReset', loginName });
    const { signedIn } = await uses.use({ token, password: 'willow-mist-2026' });
    expect(signedIn.account.accountId).toBe(member.accountId);
    const tokens = testing.module.get(AccessTokens);
    await expect(tokens.actor(before.signedIn.accessToken)).rejects.toMatchObject({ code: 'tokenExpired' });
    expect(await tokens.actor(signedIn.accessToken)).toMatchObject({ accountId: member.accountId });
    await expect(testing.module.get(SignIns).refresh(before.refresh.token)).rejects.toMatchObject({ code: 'unauthenticated' });
    await testing.module.get(SignIns).byPassword(loginName!, 'willow-mist-2026');
  });

  it('give a platform administrator to an empty installation, once', async () => {
    expect(await uses.firstAdministratorLink()).toBeNull();
    await testing.database.read.account.updateMany({ where: { platformAdmin: true }, data: { platformAdmin: false } });
    const [one, two] = [(await uses.firstAdministratorLink())!, (await uses.firstAdministratorLink())!];
    const outcomes = await Promise.allSettled([use(tokenOf(one), 'first'), use(tokenOf(two), 'second')]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await testing.database.read.account.count({ where: { platformAdmin: true } })).toBe(1);
  });
});
