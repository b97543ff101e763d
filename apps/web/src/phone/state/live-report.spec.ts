import type { Broadcast, Complaint } from '#libs/contracts';
import { effectScope } from 'vue';
import { useReport } from './live-report';

type Answer = (answer: unknown) => void;
const mockAsked: { route: string; answer: Answer; refuse(error: Error): void }[] = [];
jest.mock('../../net/api', () => ({
  ApiError: class extends Error {},
  api: (route: string) => new Promise((answer, refuse) => mockAsked.push({ route, answer, refuse })),
}));
jest.mock('../../net/account', () => ({ account: { value: null } }));
jest.mock('../../net/device-id', () => ({ deviceId: () => 'device' }));
jest.mock('./line', () => ({ useTopic: () => undefined }));
jest.mock('../../words', () => ({ t: (key: string) => key }));

const complaint = (id: string) => ({ id, status: 'waiting' }) as Complaint;
const settled = () => new Promise(done => setTimeout(done));
const questions = () => mockAsked.map(({ route }) => route.split(' ')[0]);

describe('my reports of a broadcast', () => {
  beforeEach(() => { mockAsked.length = 0; });
  function opened() {
    const scope = effectScope();
    return { scope, report: scope.run(() => useReport(() => ({ id: 'b' }) as Broadcast, () => true))! };
  }

  it('show what was just made, though an answer that was asked for before comes after it', async () => {
    const { scope, report } = opened();
    const made = report.make('fee', {}, '');
    expect(questions()).toEqual(['GET', 'POST']);
    mockAsked[1].answer(complaint('mine'));
    expect(await made).toBe(true);
    mockAsked[0].answer([]); // the list as it was
    await settled();
    expect(report.list.value.map(({ id }) => id)).toEqual(['mine']);
    expect(questions()).toEqual(['GET', 'POST', 'GET']);
    mockAsked[2].answer([complaint('mine'), complaint('before')]);
    await settled();
    expect(report.list.value.map(({ id }) => id)).toEqual(['mine', 'before']);
    scope.stop();
  });

  it('say why one was not taken, and send one at a time', async () => {
    const { ApiError } = jest.requireMock<{ ApiError: new (message: string) => Error }>('../../net/api');
    const { scope, report } = opened();
    const first = report.make('other', { hostId: 'h' }, 'x');
    expect(await report.make('other', { hostId: 'h' }, 'x')).toBe(false);
    mockAsked[1].refuse(new ApiError('这件事你已经举报过'));
    expect([await first, report.problem.value, report.busy.value, report.list.value]).toEqual([false, '这件事你已经举报过', false, []]);
    scope.stop();
  });
});
