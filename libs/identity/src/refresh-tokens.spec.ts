import { Database, DomainError } from '#libs/platform';
import { people, type People } from '../../../test/support/identity.js';
import { RefreshTokens, type Rotation } from './refresh-tokens.js';
import { SignIns } from './sign-ins.js';

describe('refresh tokens', () => {
  let testing: People;
  let tokens: RefreshTokens;
  let signIns: SignIns;
  let database: Database;
  beforeAll(async () => {
    testing = await people();
    [tokens, signIns, database] = [testing.module.get(RefreshTokens), testing.module.get(SignIns), testing.database];
  }, 60_000);
  afterAll(() => testing?.close());

  const signIn = async () => {
    const { accountId } = await testing.candidate();
    return { accountId, token: (await database.transaction((tx) => tokens.issue(tx, accountId, 'candidate'))).token };
  };
  const rotate = (token: string): Promise<Rotation> => database.transaction((tx) => tokens.rotate(tx, token));
  const next = async (token: string): Promise<string> => {
    const rotated = await rotate(token);
    if ('refused' in rotated) throw new Error(rotated.refused);
    return rotated.token;
  };
  /** As if all uses so far had been this long ago. */
  const age = (accountId: string, seconds: number) =>
    database.read.$executeRaw`UPDATE "RefreshToken" SET "usedAt" = "usedAt" - make_interval(secs => ${seconds}) WHERE "accountId" = ${accountId}::uuid AND "usedAt" IS NOT NULL`;

  it('are replaced by each use, and kept as hashes only', async () => {
    const { accountId, token } = await signIn();
    const second = await next(token);
    const third = await next(second);
    expect(new Set([token, second, third]).size).toBe(3);
    const rows = await database.read.$queryRaw<{ text: string }[]>`SELECT r::text AS text FROM "RefreshToken" r WHERE "accountId" = ${accountId}::uuid`;
    expect(rows).toHaveLength(4); // one of the helper's own sign-in
    for (const { text } of rows) for (const each of [token, second, third]) expect(text).not.toContain(each);
  });

  it('answer the same successor to two tabs at once', async () => {
    const { accountId, token } = await signIn();
    const answers = await Promise.all(Array.from({ length: 8 }, () => next(token)));
    expect(new Set(answers).size).toBe(1);
    expect(await database.read.refreshToken.count({ where: { accountId } })).toBe(3);
    expect(await next(answers[0]!)).not.toBe(answers[0]);
  });

  it('answer it once more when the answer was lost, within the grace', async () => {
    const { accountId, token } = await signIn();
    const second = await next(token);
    await age(accountId, 9);
    expect(await next(token)).toBe(second);
  });

  it('end the whole sign-in when a used one comes after the grace, and only that sign-in', async () => {
    const { accountId, token } = await signIn();
    const other = (await database.transaction((tx) => tokens.issue(tx, accountId, 'candidate'))).token;
    const second = await next(token);
    await age(accountId, 11);
    await expect(signIns.refresh(token)).rejects.toMatchObject({ code: 'tokenReused' });
    await expect(signIns.refresh(second)).rejects.toMatchObject({ code: 'unauthenticated' }); // the thief's and the owner's alike
    await expect(signIns.refresh(token)).rejects.toMatchObject({ code: 'unauthenticated' });
    expect(await next(other)).toBeTruthy();
  });

  it('are refused when unknown, expired or signed out', async () => {
    expect(await rotate('nonsense')).toEqual({ refused: 'unauthenticated' });
    const late = await signIn();
    await database.read.$executeRaw`UPDATE "RefreshToken" SET "expiresAt" = now() WHERE "accountId" = ${late.accountId}::uuid`;
    expect(await rotate(late.token)).toEqual({ refused: 'unauthenticated' });
    const left = await signIn();
    const second = await next(left.token);
    await signIns.signOut(second);
    expect(await rotate(second)).toEqual({ refused: 'unauthenticated' });
    expect(await rotate(left.token)).toEqual({ refused: 'unauthenticated' }); // the grace does not outlive a sign-out
  });

  it('are of no use to a disabled account', async () => {
    const { accountId, token } = await signIn();
    await database.read.account.update({ where: { id: accountId }, data: { disabledAt: new Date() } });
    await expect(signIns.refresh(token)).rejects.toThrow(DomainError);
    await expect(signIns.refresh(token)).rejects.toMatchObject({ code: 'accountDisabled' });
  });
});
