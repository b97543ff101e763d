/** A broadcast on air with an encoder's key, made through the API alone, and what its recording left in the database. */
import type { Broadcast, WhipKey } from '#libs/contracts';
import { boothFor } from './booth.js';
import { mediaReady } from './interviewing.js';
import { play, type Played } from './playing.js';
import type { Bureau, Employer, World } from './world.js';
import { eventually } from './world.js';

export interface OnAir { bureau: Bureau; host: Employer; broadcast: Broadcast; whip: WhipKey }
/** `duration` in milliseconds. */
export interface SegmentRow { sequence: number; discontinuity: boolean; recordingId: string; duration: number }

const minutes = (n: number): string => new Date(Date.now() + n * 60_000).toISOString();

export async function onAir(world: World): Promise<OnAir> {
  await mediaReady(world, 30_000);
  const { bureau, employer: host, fair, boothId } = await boothFor(world);
  const params = { fairId: fair.id };
  const job = await host.admin.call('POST /jobs', { body: world.job() });
  await host.admin.call('POST /jobs/:jobId/publish', { params: { jobId: job.id } });
  const { accountId } = await host.admin.call('GET /me');
  const planned = await host.admin.call('POST /fairs/:fairId/broadcasts', { params, body: {
    boothId, kind: 'talk', title: '装配工专场', startsAt: minutes(1), endsAt: minutes(120), jobIds: [job.id], hostIds: [accountId],
  } });
  const broadcast = await setStatus({ host, broadcast: planned }, 'live');
  const whip = await host.admin.call('POST /broadcasts/:broadcastId/whip-key', { params: { broadcastId: planned.id } });
  return { bureau, host, broadcast, whip };
}

export const setStatus = ({ host, broadcast }: Pick<OnAir, 'host' | 'broadcast'>, status: 'live' | 'paused' | 'ended'): Promise<Broadcast> =>
  host.admin.call('POST /broadcasts/:broadcastId/status', { params: { broadcastId: broadcast.id }, body: { status } });

/** Where an encoder publishes, on the n-th media node: behind a proxy that is one address. */
export const whipAt = (world: World, { broadcast }: OnAir, n = 0): string => `${world.servers.mediaUrls.at(n % world.servers.mediaUrls.length)!}/media/whip/${broadcast.roomId}`;

/** Every segment of a room's recordings, in order. */
export const segmentsOf = (world: World, { broadcast }: OnAir): Promise<SegmentRow[]> => world.servers.query<SegmentRow & Record<string, unknown>>(
  'SELECT s.sequence, s.discontinuity, s."recordingId", s.duration FROM "RecordingSegment" s JOIN "Recording" r ON r.id = s."recordingId" WHERE r."roomId" = $1 ORDER BY r.id, s.sequence', [broadcast.roomId]);

/** Waits until so many segments are written down. */
export const recorded = (world: World, show: OnAir, count: number): Promise<SegmentRow[]> => eventually(`${count} segments`, async () => {
  const rows = await segmentsOf(world, show);
  return rows.length >= count && rows;
}, 40_000);

/** The replay's playlist, and what a decoder makes of all its files; throws when one is not there. @returns `seconds`: as the playlist says */
export async function replayPlays(world: World, { host, broadcast }: OnAir): Promise<{ seconds: number; text: string; video: Played; audio: Played }> {
  const replay = await eventually('the replay', () => host.admin.call('GET /broadcasts/:broadcastId/replay', { params: { broadcastId: broadcast.id } }).catch(() => null), 30_000);
  const address = new URL(replay.hlsUrl, world.servers.next());
  // The last segments are being stored while the broadcast has ended already.
  const text = await eventually('its playlist', async () => {
    const answer = await fetch(address);
    return answer.ok && answer.text();
  }, 20_000);
  return { text, seconds: [...text.matchAll(/#EXTINF:([\d.]+)/g)].reduce((sum, [, length]) => sum + Number(length), 0), ...await play(address, text) };
}
