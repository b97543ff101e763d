import { Database, Limits, Notify } from '#libs/platform';
import { limitTable } from '../../platform/src/limits/limit-table.js';
import { goodPassword, newPhone, people, type People } from '../../../test/support/identity.js';
import { AccessTokens } from './access-tokens.js';
import { Accounts } from './accounts.js';
import { PhoneCodes } from './phone-codes.js';
import { SignIns } from './sign-ins.js';

describe('signing in', () => {
  let testing: People;
  let signIns: SignIns;
  let tokens: AccessTokens;
  let database: Database;
  beforeAll(async () => {
    testing = await people();
    [signIns, tokens, database] = [testing.module.get(SignIns), testing.module.get(AccessTokens), testing.database];
  }, 60_000);
  afterAll(() => testing?.close());

  describe('with a password', () => {
    it('knows the role and the organisation', async () => {
      const { signedIn, refresh } = await signIns.byPassword('platform', goodPassword);
      expect(signedIn.account).toEqual({ accountId: testing.platform.accountId, role: 'platformAdmin', displayName: '平台', phoneMasked: null, organisation: null });
      expect(await testing.module.get(AccessTokens).actor(signedIn.accessToken)).toEqual(testing.platform);
      expect((await signIns.refresh(refresh.token)).signedIn.account).toEqual(signedIn.account);
    });

    it('does not tell an unknown name from a wrong password, nor a disabled account from either', async () => {
      const employer = await testing.employer();
      const { loginName } = await database.read.account.update({ where: { id: employer.accountId }, data: { disabledAt: new Date() } });
      await expect(signIns.byPassword('nobody-here', goodPassword)).rejects.toMatchObject({ code: 'wrongCredentials' });
      await expect(signIns.byPassword('platform', 'spring-wind-2027')).rejects.toMatchObject({ code: 'wrongCredentials' });
      await expect(signIns.byPassword(loginName!, 'spring-wind-2027')).rejects.toMatchObject({ code: 'wrongCredentials' });
      await expect(signIns.byPassword(loginName!, goodPassword)).rejects.toMatchObject({ code: 'accountDisabled' });
    });

    it('stops guessing after ten tries of one name', async () => {
      const guess = () => signIns.byPassword('guessed-name', 'spring-wind-2027');
      for (let n = 0; n < 10; n++) await expect(guess()).rejects.toMatchObject({ code: 'wrongCredentials' });
      await expect(guess()).rejects.toMatchObject({ code: 'tooManyRequests' });
    });

    it('changes the password, and ends the other sign-ins', async () => {
      const employer = await testing.employer();
      const { loginName } = await database.read.account.findUniqueOrThrow({ where: { id: employer.accountId } });
      const [here, there] = [await signIns.byPassword(loginName!, goodPassword), await signIns.byPassword(loginName!, goodPassword)];
      await expect(signIns.changePassword(employer, 'spring-wind-2027', 'willow-mist-2026', here.refresh.token)).rejects.toMatchObject({ code: 'wrongCredentials' });
      await expect(signIns.changePassword(employer, goodPassword, 'password123', here.refresh.token)).rejects.toMatchObject({ code: 'passwordTooWeak' });
      await signIns.changePassword(employer, goodPassword, 'willow-mist-2026', here.refresh.token);
      for (const { signedIn } of [here, there]) await expect(tokens.actor(signedIn.accessToken)).rejects.toMatchObject({ code: 'tokenExpired' });
      await expect(signIns.refresh(there.refresh.token)).rejects.toMatchObject({ code: 'unauthenticated' });
      expect(await tokens.actor((await signIns.refresh(here.refresh.token)).signedIn.accessToken)).toMatchObject({ accountId: employer.accountId });
      await expect(signIns.byPassword(loginName!, goodPassword)).rejects.toMatchObject({ code: 'wrongCredentials' });
      await signIns.byPassword(loginName!, 'willow-mist-2026');
    });

    it('takes nobody in whose organisation is suspended, and lets them in again after', async () => {
      const employer = await testing.employer();
      const { loginName } = await database.read.account.findUniqueOrThrow({ where: { id: employer.accountId } });
      const before = await signIns.byPassword(loginName!, goodPassword);
      const suspend = (status: 'active' | 'suspended') => database.read.organisation.update({ where: { id: employer.organisationId }, data: { status } });
      await suspend('suspended');
      await expect(signIns.byPassword(loginName!, goodPassword)).rejects.toMatchObject({ code: 'organisationSuspended' });
      await expect(signIns.refresh(before.refresh.token)).rejects.toMatchObject({ code: 'organisationSuspended' });
      await suspend('active');
      await signIns.refresh(before.refresh.token); // a refused refresh used nothing up
    });
  });

  describe('with a phone', () => {
    /** Asks for a code, and reads it from the message that is queued. */
    async function code(phone: string): Promise<string> {
      const sms = jest.spyOn(testing.module.get(Notify), 'sms');
      await testing.module.get(PhoneCodes).ask(phone, phone, '127.0.0.1');
      const text = sms.mock.calls.at(-1)![1].text;
      sms.mockRestore();
      return /\d{6}/.exec(text)![0];
    }
    const wrongOf = (right: string) => (right === '000000' ? '111111' : '000000');

    it('makes the account the first time and finds it the second', async () => {
      const phone = newPhone();
      const first = await signIns.byPhone(phone, await code(phone));
      expect(first.signedIn.account).toMatchObject({ role: 'candidate', phoneMasked: `${phone.slice(3, 6)} **** ${phone.slice(-4)}`, organisation: null });
      await database.read.phoneCode.deleteMany();
      jest.useFakeTimers({ now: Date.now() + 61_000, doNotFake: ['nextTick', 'setImmediate', 'setTimeout', 'setInterval', 'clearTimeout', 'clearInterval', 'queueMicrotask', 'performance'] });
      try {
        const again = await signIns.byPhone(phone, await code(phone));
        expect(again.signedIn.account.accountId).toBe(first.signedIn.account.accountId);
      } finally {
        jest.useRealTimers();
      }
    });

    it('answers the same for a known and an unknown phone', async () => {
      const { phone } = await testing.candidate();
      const ask = (each: string) => testing.module.get(PhoneCodes).ask(each, each, '127.0.0.1');
      const [known, unknown] = [await ask(phone), await ask(newPhone())];
      expect(known).toEqual(unknown);
      expect(known).toEqual({ expiresIn: 300, retryIn: 60, shownInLog: true });
    });

    it('sends one a minute', async () => {
      const phone = newPhone();
      await code(phone);
      await expect(testing.module.get(PhoneCodes).ask(phone, phone, '127.0.0.1')).rejects.toMatchObject({ code: 'tooManyRequests', details: { seconds: expect.any(Number) } });
    });

    it('uses a code up', async () => {
      const phone = newPhone();
      const right = await code(phone);
      await signIns.byPhone(phone, right);
      await expect(signIns.byPhone(phone, right)).rejects.toMatchObject({ code: 'wrongPhoneCode' });
    });

    it('refuses the right code after five wrong ones', async () => {
      const phone = newPhone();
      const right = await code(phone);
      for (let n = 0; n < 5; n++) await expect(signIns.byPhone(phone, wrongOf(right))).rejects.toMatchObject({ code: 'wrongPhoneCode' });
      await expect(signIns.byPhone(phone, right)).rejects.toMatchObject({ code: 'wrongPhoneCode' });
      expect(await database.read.phoneCode.findMany({ where: { attempts: { gt: 1 } } })).toMatchObject([{ attempts: 5, usedAt: null }]);
    });

    it('counts five at once as five', async () => {
      const phone = newPhone();
      const right = await code(phone);
      await Promise.allSettled(Array.from({ length: 5 }, () => signIns.byPhone(phone, wrongOf(right))));
      await expect(signIns.byPhone(phone, right)).rejects.toMatchObject({ code: 'wrongPhoneCode' });
    });

    it('refuses a code after five minutes, and one of another phone', async () => {
      const [phone, other] = [newPhone(), newPhone()];
      const right = await code(phone);
      await code(other);
      await expect(signIns.byPhone(other, right === '999999' ? '000000' : right)).rejects.toMatchObject({ code: 'wrongPhoneCode' });
      await database.read.$executeRaw`UPDATE "PhoneCode" SET "expiresAt" = now() - interval '1 second'`;
      await expect(signIns.byPhone(phone, right)).rejects.toMatchObject({ code: 'wrongPhoneCode' });
    });

    it('makes one account of two first sign-ins at once', async () => {
      const phone = newPhone();
      const accounts = await Promise.all(Array.from({ length: 6 }, () => testing.candidate(phone)));
      expect(new Set(accounts.map(({ accountId }) => accountId)).size).toBe(1);
    });
  });

  it('that goes on too fast is told to wait, and keeps its token', async () => {
    const employer = await testing.employer();
    const { loginName } = await database.read.account.findUniqueOrThrow({ where: { id: employer.accountId } });
    const { refresh } = await signIns.byPassword(loginName!, goodPassword);
    const limits = testing.module.get(Limits, { strict: false });
    for (let n = 0; n < limitTable.refreshByAccount.points; n += 1) await limits.take('refreshByAccount', employer.accountId);
    await expect(signIns.refresh(refresh.token)).rejects.toMatchObject({ code: 'tooManyRequests' });
    expect(await database.read.refreshToken.count({ where: { accountId: employer.accountId, usedAt: { not: null } } })).toBe(0);
    await limits.forget('refreshByAccount', employer.accountId);
    expect((await signIns.refresh(refresh.token)).signedIn.account.accountId).toBe(employer.accountId);
  });

  it('has no way in for an account that belongs nowhere', async () => {
    const accounts = testing.module.get(Accounts);
    const id = await database.transaction((tx) => accounts.createStaff(tx, { loginName: 'lonely', passwordHash: 'none', displayName: '' }));
    await expect(database.transaction((tx) => accounts.actor(tx, id))).rejects.toMatchObject({ code: 'accountDisabled' });
  });
});
