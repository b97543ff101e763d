import { DomainError } from '#libs/platform';
import { Passwords } from './passwords.js';

describe('passwords', () => {
  const passwords = new Passwords();

  it.each([
    ['short12345'.slice(0, 9), ''], ['1234567890', ''], ['0987654321', ''], ['abcdefghijkl', ''], ['aaaaaaaaaaaa', ''], ['abababababab', ''],
    ['Password123', ''], ['woaini1314', ''], ['chenxiaoyu12', 'chenxiaoyu'], ['ChenXiaoYuChenXiaoYu', 'chenxiaoyu'],
  ])('refuses %s of %j', (password, loginName) => {
    expect(() => passwords.check(password, loginName)).toThrow(DomainError);
  });

  it.each(['spring-wind-2026', '春风十里不如你来上班了', 'correct horse battery'])('takes %s', (password) => {
    expect(() => passwords.check(password, 'chenxiaoyu')).not.toThrow();
  });

  it('hashes with argon2id at the cost that OWASP advises, and never twice the same', async () => {
    const [one, two] = await Promise.all([passwords.hash('spring-wind-2026'), passwords.hash('spring-wind-2026')]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(one).not.toBe(two);
    expect(await passwords.matches(one, 'spring-wind-2026')).toBe(true);
    expect(await passwords.matches(one, 'spring-wind-2027')).toBe(false);
  });

  it('counts two spellings of one text as one, and no hash as a no', async () => {
    const hash = await passwords.hash('ｓｐｒｉｎｇ-wind-é26');
    expect(await passwords.matches(hash, 'spring-wind-e\u030126')).toBe(true);
    expect(await passwords.matches(null, 'spring-wind-2026')).toBe(false);
  });
});
