import type { ScanResult } from '#libs/contracts';
import { offlineGate } from './alone';
import { answerGroup, giveUp, groupQuestion, leaveGroup, present, scan, scanBusy, verdict } from './scanning';

const asked: { code: string; count?: number }[] = [];
let answer: Partial<ScanResult> | null;
jest.mock('../net/api', () => ({
  api: async (_route: string, { body, signal }: { body: { code: string; count?: number }; signal: AbortSignal }) => {
    asked.push(body);
    if (!answer) await new Promise((_, silent) => signal.addEventListener('abort', silent));
    return { admitted: true, direction: 'entry', group: null, ...answer };
  },
  ApiError: class extends Error {}, newId: () => 'id',
}));
jest.mock('./alone', () => ({ alone: { waiting: 0 }, offlineGate: { value: null }, look: async () => undefined, uploadNow: async () => true }));
jest.mock('./device', () => ({ deviceLostAt: { value: null }, noteLost: () => undefined, noteZone: () => undefined, refreshDevice: async () => undefined }));
jest.mock('./sound', () => ({ sound: () => undefined }));
jest.mock('../words', () => ({ t: (key: string) => key }));

const NUMBER = '12345678';
const answered = () => new Promise((resolve) => setTimeout(resolve, 0));
beforeEach(() => {
  asked.splice(0);
  answer = {};
});

describe('a typed number of which this phone knows nothing yet', () => {
  it('of one person is scanned, and that is all', async () => {
    present(NUMBER, 'entry');
    await answered();
    expect([verdict.value?.kind, groupQuestion.value]).toEqual(['result', null]);
  });

  it('that the server knows as a group’s lets one in, and the guard is asked for the others', async () => {
    answer = { group: { size: 40, inside: 1, remaining: 39 } };
    present(NUMBER, 'entry');
    await answered();
    expect(groupQuestion.value).toEqual({ code: NUMBER, direction: 'entry', size: 40, inside: 1 });
    answer = { group: { size: 40, inside: 25, remaining: 15 } };
    answerGroup(24);
    await answered();
    expect(asked.map(({ code, count }) => [code, count])).toEqual([[NUMBER, undefined], [NUMBER, 24]]);
    expect(groupQuestion.value).toBeNull(); // the guard has said how many
  });

  it('is asked for nobody when it was refused, or when it was the last', async () => {
    for (const told of [{ admitted: false, group: { size: 40, inside: 40, remaining: 0 } }, { group: { size: 40, inside: 40, remaining: 0 } }, { direction: 'exit' as const, group: { size: 40, inside: 0, remaining: 40 } }]) {
      answer = told;
      present(NUMBER, told.direction ?? 'entry');
      await answered();
      expect(groupQuestion.value).toBeNull();
    }
  });

  it('keeps the verdict of the one when the guard leaves the others', async () => {
    answer = { direction: 'exit', group: { size: 40, inside: 3, remaining: 37 } };
    present(NUMBER, 'exit');
    await answered();
    leaveGroup();
    expect([verdict.value?.kind, groupQuestion.value]).toEqual(['result', null]);
  });
});

it('tells the device’s own gate that nobody waits for the answer any more', async () => {
  const record = { id: 'id', leaseId: 'lease' };
  const gaveUp: unknown[] = [];
  Object.assign(offlineGate, { value: { hall: null, find: () => null, now: () => new Date(), begin: async () => record, gaveUp: async (given: unknown) => void gaveUp.push(given) } });
  answer = null;
  const scanned = scan(NUMBER, 'entry');
  await answered();
  expect(gaveUp).toEqual([]);
  giveUp();
  await scanned;
  expect([gaveUp, verdict.value, scanBusy.value]).toEqual([[record], null, false]);
  Object.assign(offlineGate, { value: null });
});
