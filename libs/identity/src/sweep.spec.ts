import { newId } from '#libs/platform';
import { testDatabase, type TestDatabase } from '../../../test/support/database.js';
import { sweep } from './sweep.js';

describe('the daily sweep', () => {
  let testing: TestDatabase;
  beforeAll(async () => {
    testing = await testDatabase();
  }, 60_000);
  afterAll(() => testing?.close());

  it('deletes what has been of no use for long, and nothing else', async () => {
    const { read } = testing.database;
    const ago = (hours: number) => new Date(Date.now() - hours * 3_600_000);
    for (const hours of [-1, 0.5, 2, 29 * 24, 31 * 24]) {
      const expiresAt = ago(hours);
      await read.phoneCode.create({ data: { id: newId(), phoneHash: String(hours), codeHash: '', expiresAt } });
      await read.refreshToken.create({ data: { id: newId(), accountId: newId(), familyId: newId(), tokenHash: String(hours), expiresAt } });
      await read.oneTimeLink.create({ data: { id: newId(), purpose: 'invitation', tokenHash: String(hours), expiresAt } });
    }
    await testing.database.transaction((tx) => sweep(tx, new Date()));
    expect((await read.phoneCode.findMany({ orderBy: { id: 'asc' } })).map(({ phoneHash }) => phoneHash)).toEqual(['-1', '0.5']);
    expect((await read.refreshToken.findMany({ orderBy: { id: 'asc' } })).map(({ tokenHash }) => tokenHash)).toEqual(['-1', '0.5', '2', String(29 * 24)]);
    expect((await read.oneTimeLink.findMany({ orderBy: { id: 'asc' } })).map(({ tokenHash }) => tokenHash)).toEqual(['-1', '0.5', '2', String(29 * 24)]);
  });
});
