/** A transport that loses its network: first asked again, then ICE anew, and only then another transport. The node and the browser are played. */
import type { Device, types } from 'mediasoup-client';
import { RoomError } from './media-line';
import { RoomTransport, type TransportWatcher } from './room-transport';
import type { Stay } from './stay';

/** As much of mediasoup-client's transport as its repair needs. */
class Inner {
  readonly id = 't1';
  readonly direction = 'send';
  closed = false;
  connectionState: types.ConnectionState = 'new';
  private readonly heard = new Map<string, (of: never) => void>();
  on(name: string, hear: (of: never) => void): void { this.heard.set(name, hear); }
  become(state: types.ConnectionState): void {
    this.connectionState = state;
    this.heard.get('connectionstatechange')!(state as never);
  }
  async restartIce({ iceParameters }: { iceParameters: unknown }): Promise<void> { steps.push(`ice ${String(iceParameters)}`); }
  async updateIceServers(): Promise<void> { steps.push('iceServers'); }
  close(): void { this.closed = true; steps.push('closed'); }
}

let steps: string[];
let inner: Inner;
let answer: () => Promise<unknown>;
const stay = {
  connected: true,
  ask: (name: string) => { steps.push(name); return name === 'restartIce' ? answer() : Promise.resolve({}); },
};
const watcher: TransportWatcher = { weak: yes => void steps.push(yes ? 'weak' : 'whole'), lost: () => void steps.push('lost'), silent: () => void steps.push('silent') };
let transport: RoomTransport;

beforeEach(() => {
  jest.useFakeTimers();
  jest.spyOn(console, 'warn').mockImplementation(() => undefined); // what it says of the refusals that are played here
  [steps, inner, stay.connected] = [[], new Inner(), true];
  answer = () => Promise.resolve({ iceParameters: 'new' });
  const device = { createSendTransport: () => inner } as unknown as Device;
  transport = RoomTransport.of({ transportId: 't1', iceParameters: {}, iceCandidates: [], dtlsParameters: {} } as never, stay as unknown as Stay, device, 'send', { iceServers: () => [] }, watcher);
  inner.become('connected');
  steps = [];
});
afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
});

it('says nothing of a hole of half a second', async () => {
  inner.become('disconnected');
  await jest.advanceTimersByTimeAsync(500);
  inner.become('connected');
  await jest.advanceTimersByTimeAsync(20_000);
  expect(steps).toEqual(['whole']);
});

it('has ICE made anew for the same transport, and is whole when that helps', async () => {
  inner.become('disconnected');
  await jest.advanceTimersByTimeAsync(1_000);
  expect(steps).toEqual(['weak', 'restartIce', 'ice new']);
  inner.become('connected');
  await jest.advanceTimersByTimeAsync(20_000);
  expect([steps.slice(3), transport.connected]).toEqual([['whole'], true]);
});

it('is given up for another transport only after that did not help', async () => {
  inner.become('disconnected');
  await jest.advanceTimersByTimeAsync(6_000);
  expect([steps, transport.closed]).toEqual([['weak', 'restartIce', 'ice new'], false]);
  await jest.advanceTimersByTimeAsync(1_000);
  expect([steps.slice(3), transport.closed]).toEqual([['closed', 'closeTransport', 'lost'], true]);
});

it('is given up at once when the new ICE fails, too', async () => {
  inner.become('failed');
  await jest.advanceTimersByTimeAsync(0);
  expect(steps).toEqual(['weak', 'restartIce', 'ice new']);
  inner.become('failed');
  expect(steps.slice(3)).toEqual(['closed', 'closeTransport', 'lost']);
});

it('is given up at once when the node does not know it any more; a node that is silent is another matter', async () => {
  answer = () => Promise.reject(new RoomError('notFound', 'gone'));
  inner.become('failed');
  await jest.advanceTimersByTimeAsync(0);
  expect(steps).toEqual(['weak', 'restartIce', 'closed', 'closeTransport', 'lost']);
});

it('tells of a node that does not answer, and keeps the transport for the next line', async () => {
  answer = () => Promise.reject(new RoomError('timeout', 'silent'));
  inner.become('failed');
  await jest.advanceTimersByTimeAsync(0);
  expect([steps, transport.closed]).toEqual([['weak', 'restartIce', 'silent'], false]);
});

it('waits without a line, and begins with ICE again when there is one', async () => {
  stay.connected = false;
  inner.become('failed');
  await jest.advanceTimersByTimeAsync(20_000);
  expect([steps, transport.closed]).toEqual([['weak'], false]);
  stay.connected = true;
  transport.goOn();
  await jest.advanceTimersByTimeAsync(0);
  expect(steps.slice(1)).toEqual(['weak', 'restartIce', 'ice new']);
});
