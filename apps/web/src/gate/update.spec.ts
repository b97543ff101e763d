/** A scanner that is opened while a newer version waits. */
jest.mock('../net/offline', () => ({ keepOffline: async () => undefined }));

/** @returns what the waiting worker was told, and whether the guard is offered the new version */
async function opened(onLine: boolean, fetch: (address: string, options: { signal: AbortSignal }) => Promise<unknown>) {
  const told: unknown[] = [];
  const registration = { waiting: { postMessage: ({ type }: { type: string }) => told.push(type) }, addEventListener: () => undefined };
  const serviceWorker = { controller: {}, getRegistration: async () => registration, addEventListener: () => undefined };
  Object.defineProperty(globalThis, 'navigator', { value: { onLine, serviceWorker }, configurable: true });
  const asked = jest.spyOn(globalThis, 'fetch').mockImplementation(fetch as never);
  jest.resetModules();
  const { keepScanner, updateReady } = await import('./update');
  await keepScanner();
  return { told, offered: updateReady.value, asked: asked.mock.calls.length };
}
const own = Object.getOwnPropertyDescriptor(globalThis, 'navigator');
beforeEach(() => { jest.spyOn(globalThis, 'setInterval').mockReturnValue(0 as never); });
afterEach(() => {
  jest.restoreAllMocks();
  if (own) Object.defineProperty(globalThis, 'navigator', own);
  else Reflect.deleteProperty(globalThis, 'navigator');
});

it('takes it when the server answers', async () => expect(await opened(true, async () => ({ ok: true }))).toEqual({ told: ['SKIP_WAITING'], offered: false, asked: 1 }));

it('keeps the running one, and its lease with it, without a network', async () => expect(await opened(false, async () => ({ ok: true }))).toEqual({ told: [], offered: true, asked: 0 }));

it.each([
  ['fails', () => Promise.reject(new TypeError('no network'))],
  ['is a proxy’s', async () => ({ ok: false })],
  ['does not come soon', (_: string, { signal }: { signal: AbortSignal }) => new Promise((_done, failed) => { signal.addEventListener('abort', failed); })],
])('keeps the running one where there is a network and the server’s answer %s', async (_, fetch) => expect(await opened(true, fetch)).toEqual({ told: [], offered: true, asked: 1 }));
