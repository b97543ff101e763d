import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { inCall } from '../support/call-page.js';
import { joinInterview } from '../support/interviewing.js';
import { eventually } from '../support/world.js';
import type { Story } from './story.js';

/** Every file of a playlist, in order, as one: fragmented MP4 is made for that. */
async function whole(playlist: string, address: string): Promise<Buffer> {
  const files = playlist.split('\n').flatMap((line) => /URI="([^"]+)"/.exec(line)?.[1] ?? (line && !line.startsWith('#') ? line : []));
  const parts = await Promise.all([...new Set(files)].map(async (file) => {
    const answer = await fetch(new URL(file, address));
    if (!answer.ok) throw new Error(`${file}: ${answer.status}`);
    return Buffer.from(await answer.arrayBuffer());
  }));
  return Buffer.concat(parts);
}

/** Asked for, agreed to, made of real media, taken back, played with a token, gone after its time. */
export const interviewRecorded: Story = {
  name: 'an interview is recorded while everybody says yes: both people’s picture and sound, played with a token, by nobody else, and deleted after the kept time',
  within: 120_000,
  slow: true,
  tell: (world) => inCall(world, async ({ booth: { recruiter, colleague, employer }, origin, candidate, interview }) => {
    const stranger = await world.employer();
    const params = { interviewId: interview.id };
    const folder = await mkdtemp(join(tmpdir(), 'fairwind-recorded-'));
    try {
      expect(await recruiter.caller.call('PUT /interviews/:interviewId/recording', { params, body: { on: true } })).toMatchObject({ asked: true, running: false });
      expect(await candidate.caller.call('PUT /interviews/:interviewId/recording/answer', { params, body: { yes: true } })).toMatchObject({ running: true });
      const segments = async () => Number((await world.servers.query<{ n: string }>(
        'SELECT count(*) AS n FROM "RecordingSegment" s JOIN "Recording" r ON r.id = s."recordingId" WHERE r."roomId" = $1', [interview.roomId]))[0]!.n);
      await eventually('segments of both', async () => (await segments()) >= 8, 30_000);
      await candidate.caller.call('PUT /interviews/:interviewId/recording/answer', { params, body: { yes: false } });
      const recordings = await eventually('both recordings are ended', async () => {
        const ended = await recruiter.caller.call('GET /interviews/:interviewId/recordings', { params });
        return ended.length >= 2 && ended;
      }, 15_000);
      const before = await segments();
      await new Promise((done) => setTimeout(done, 3_000));
      expect([await segments(), recordings.length]).toEqual([before, 2]);

      const pass = await joinInterview(candidate.caller, interview.id);
      for (const [n, { hlsUrl, token, duration, deletedOn }] of recordings.entries()) {
        const address = hlsUrl.startsWith('/') ? origin + hlsUrl : hlsUrl;
        expect([(await fetch(address)).ok, (await fetch(`${address}?token=${encodeURIComponent(pass.token)}`)).ok]).toEqual([false, false]);
        const playlist = await fetch(address, { headers: { Authorization: `Bearer ${token}` } }).then((answer) => answer.text());
        const file = join(folder, `${n}.mp4`);
        await writeFile(file, await whole(playlist, address));
        const { stdout } = await promisify(execFile)('ffprobe', ['-v', 'error', '-show_entries', 'stream=codec_type,codec_name', '-of', 'csv=p=0', file]);
        expect(stdout.trim().split('\n').sort()).toEqual(['aac,audio', 'h264,video']);
        expect([duration > 1_500, Date.parse(deletedOn) > Date.now()]).toEqual([true, true]);
      }
      // Interviewers and the employer's administrator; no colleague who was not in it, no other employer.
      expect(await employer.admin.call('GET /interviews/:interviewId/recordings', { params })).toHaveLength(2);
      expect(await Promise.all([colleague.caller, stranger.admin].map((other) => other.refusal('GET /interviews/:interviewId/recordings', { params })))).toEqual(['forbidden', 'notFound']);

      const ids = recordings.map(({ id }) => id);
      expect(await world.servers.query('UPDATE "Timer" SET "dueAt" = now() WHERE name = $1 AND key = ANY($2) AND "doneAt" IS NULL RETURNING key', ['interview.recordingKept', ids])).toHaveLength(2);
      await eventually('nothing of it is listed', async () => (await recruiter.caller.call('GET /interviews/:interviewId/recordings', { params })).length === 0, 20_000);
      const kept = recordings.map(({ hlsUrl, token }) => fetch(new URL(hlsUrl, origin), { headers: { Authorization: `Bearer ${token}` } }).then(({ status }) => status));
      expect(await Promise.all(kept)).toEqual([404, 404]);
      expect(await segments()).toBe(0);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }),
};
