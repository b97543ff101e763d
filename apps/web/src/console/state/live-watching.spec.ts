import { effectScope } from 'vue';
import { ApiError } from '../../net/api';
import { useWatching } from './live-watching';

interface Room { state: string; closed: boolean; close(): void; end(reason: string, error?: unknown): void; asked: Promise<unknown> }
const mockRooms: Room[] = [];
let mockJoin: () => Promise<{ hlsUrl: string }>;
/** A room that asks for its pass, and ends when the test says so. */
jest.mock('../../media/room-client', () => ({
  RoomClient: class {
    state = 'entering';
    producers = new Map();
    private ended: ((reason: string, error: unknown) => void) | undefined;
    asked: Promise<unknown>;
    constructor({ pass }: { pass: () => Promise<unknown> }) {
      this.asked = pass().catch(() => null);
      mockRooms.push(this as unknown as Room);
    }

    get closed() { return this.state === 'closed'; }
    on(name: string, act: (reason: string, error: unknown) => void) { if (name === 'closed') this.ended = act; }
    enter() { return new Promise(() => undefined); }
    close() { this.state = 'closed'; }
    end(reason: string, error: unknown = null) { this.state = 'closed'; this.ended?.(reason, error); }
  },
}));
jest.mock('../../media/room-view', () => ({ RoomView: class { tracks = []; on() { return () => undefined; } close() { return undefined; } update() { return undefined; } } }));
jest.mock('../../net/device-id', () => ({ deviceId: () => 'device' }));
jest.mock('../../net/api', () => ({ ...jest.requireActual('../../net/api'), api: () => mockJoin() }));

const world = globalThis as { RTCPeerConnection?: unknown };
const seconds = (n: number) => jest.advanceTimersByTimeAsync(n * 1000);

describe('the organiser’s look at a broadcast', () => {
  let scope = effectScope();
  const watching = () => scope.run(() => useWatching('b', () => true, () => false))!;
  const last = () => mockRooms[mockRooms.length - 1];
  beforeEach(() => {
    jest.useFakeTimers();
    mockRooms.length = 0;
    mockJoin = () => Promise.resolve({ hlsUrl: '/live.m3u8' });
    world.RTCPeerConnection = class {};
    scope = effectScope();
  });
  afterEach(() => { scope.stop(); jest.useRealTimers(); delete world.RTCPeerConnection; });

  it('waits before it begins again when HLS does not play either', async () => {
    const { hls, failed } = watching();
    await seconds(0);
    last().end('unsupported');
    expect(hls.value).toBe('/live.m3u8');
    failed();
    await seconds(11);
    expect([hls.value, mockRooms.length]).toEqual(['', 1]);
    await seconds(2);
    expect(mockRooms).toHaveLength(2);
  });

  it('tries WebRTC beside HLS after a while, but not in a browser that has none', async () => {
    watching();
    await seconds(0);
    delete world.RTCPeerConnection;
    last().end('unsupported');
    await seconds(120);
    expect(mockRooms).toHaveLength(1);
    world.RTCPeerConnection = class {};
    scope.stop();
    scope = effectScope();
    watching();
    await seconds(10); // nothing comes
    expect(last().closed).toBe(true);
    await seconds(46);
    expect(mockRooms).toHaveLength(3);
  });

  it('does not look by the other way after it was refused or removed', async () => {
    for (const reason of ['refused', 'removed']) {
      const { hls, problem } = watching();
      await seconds(0);
      const count = mockRooms.length;
      last().end(reason, new ApiError('banned', '不能看', 403, 'r'));
      await seconds(120);
      expect([reason, hls.value, problem.value?.message, mockRooms.length]).toEqual([reason, '', '不能看', count]);
      scope.stop();
      scope = effectScope();
    }
  });

  it('is over with the page, whatever is answered after it', async () => {
    let refuse: (error: Error) => void = () => undefined;
    mockJoin = () => new Promise((_, no) => { refuse = no; });
    const { hls } = watching();
    await seconds(0);
    scope.stop();
    refuse(new ApiError('mediaFull', '', 503, 'r', { hlsUrl: '/live.m3u8' } as never));
    await seconds(120);
    expect([hls.value, mockRooms.length, jest.getTimerCount()]).toEqual(['', 1, 0]);
  });
});
