import { execFileSync } from 'node:child_process';
import { eventsModule } from '#libs/events';
import { Files, newId } from '#libs/platform';
import { Recordings, RECORDINGS, Rooms, RoomsModule, RoomTokens } from '#libs/rooms';
import { testModule, type TestModule } from '../../../../test/support/module.js';
import { boxes, boxOf, kindOf, typeOf } from '../recording/boxes.rules.js';
import { ffmpegArguments } from '../recording/ffmpeg.rules.js';
import { Fragments } from '../recording/fragments.js';
import { Hls } from './hls.js';

/** Playlists of the sound alone, over a real database and store. */
describe('HLS without its picture', () => {
  let testing: TestModule;
  let init: Buffer;
  const segments: Buffer[] = [];
  const get = <T>(type: new (...parts: never[]) => T): T => testing.module.get(type, { strict: false });

  beforeAll(async () => {
    testing = await testModule({ imports: [eventsModule, RoomsModule], providers: [Hls] });
    const ours = ffmpegArguments({ video: { how: 'black' }, microphones: 1 }, { video: null, audio: [5000] });
    const fragments = new Fragments({ init: (bytes) => { init = bytes; }, fragment: ({ bytes }) => segments.push(bytes) });
    fragments.push(execFileSync('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', 'testsrc=size=160x90:rate=15', '-f', 'lavfi', '-i', 'sine=sample_rate=48000', '-t', '3',
      '-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-g', '15', ...ours.slice(ours.indexOf('-c:a'))], { maxBuffer: 1 << 24 }));
  });
  afterAll(() => testing.close());

  async function recorded({ isPublic = true, head = init } = {}): Promise<{ roomId: string; id: string; run: string }> {
    const { id: roomId } = await testing.database.transaction((tx) => get(Rooms).open(tx, { kind: 'broadcast', ownerId: newId(), scope: { kind: 'fair', id: newId() }, isPublic }));
    const { id } = await get(Recordings).begin(roomId);
    const area = get(Files).area(RECORDINGS);
    const run = newId();
    const initKey = `${id}/${run}-init.mp4`;
    await area.put(initKey, head, 'video/mp4');
    for (const [sequence, bytes] of segments.entries()) {
      const storageKey = `${id}/${run}-${sequence}.m4s`;
      await area.put(storageKey, bytes, 'video/mp4');
      await get(Recordings).addSegment(id, { sequence, storageKey, initKey, duration: 1_000, bytes: bytes.length, discontinuity: sequence === 1 });
    }
    return { roomId, id, run };
  }

  it('is the same playlist, live and of a replay, of files that have no picture', async () => {
    const { roomId, id, run } = await recorded();
    const hls = get(Hls);
    const [whole, alone] = [(await hls.live(roomId, undefined)).text, (await hls.live(roomId, undefined, 'sound')).text];
    expect(whole).toContain('#EXT-X-DISCONTINUITY\n');
    expect(alone.replaceAll('-sound.', '.')).toBe(whole);
    expect(alone.match(/-sound\.(m4s|mp4)/g)).toHaveLength(segments.length + 1);
    await get(Recordings).end(id);
    expect((await hls.replay(id, undefined, 'sound')).text.replaceAll('-sound.', '.')).toBe((await hls.replay(id, undefined)).text);
    const files = await Promise.all([`${run}-init-sound.mp4`, ...segments.map((_, n) => `${run}-${n}-sound.m4s`)].map(async (name) => (await hls.file(id, name, undefined)).bytes));
    expect(files.reduce((sum, { length }) => sum + length, 0)).toBeLessThan(segments.reduce((sum, { length }) => sum + length, init.length));
    expect(execFileSync('ffprobe', ['-v', 'error', '-show_entries', 'stream=codec_name', '-of', 'csv=p=0', 'pipe:0'], { input: Buffer.concat(files), encoding: 'utf8' }).trim()).toBe('aac');
    await expect(hls.file(id, `${run}-99-sound.m4s`, undefined)).rejects.toMatchObject({ code: 'notFound' });
  });

  it('of a private room needs its token, which goes with each file', async () => {
    const { roomId, id, run } = await recorded({ isPublic: false });
    const hls = get(Hls);
    const { token } = await get(RoomTokens).make(roomId, { personKey: 'p', name: '', role: 'viewer', sources: [] });
    for (const ask of [() => hls.live(roomId, undefined, 'sound'), () => hls.file(id, `${run}-0-sound.m4s`, undefined)]) await expect(ask()).rejects.toMatchObject({ code: 'roomTokenInvalid' });
    const { text, isPublic } = await hls.live(roomId, token, 'sound');
    expect([isPublic, text.includes(`${run}-0-sound.m4s?token=`), text.includes('-init-sound.mp4?token=')]).toEqual([false, true, true]);
    expect((await hls.file(id, `${run}-0-sound.m4s`, token)).isPublic).toBe(false);
  });

  it('says clearly that a recording has no sound, and that stored bytes are none of ours; the whole is there all the same', async () => {
    const silent = Buffer.concat([...boxes(init)].map((box) => (typeOf(box) !== 'moov' ? box : boxOf('moov', [...boxes(box, 8)].filter((one) => typeOf(one) !== 'trak' || kindOf(one) !== 'soun')))));
    for (const head of [silent, init.subarray(0, 400)]) {
      const { roomId, id, run } = await recorded({ head });
      const hls = get(Hls);
      await expect(hls.live(roomId, undefined, 'sound')).rejects.toMatchObject({ code: 'soundMissing' });
      await expect(hls.file(id, `${run}-0-sound.m4s`, undefined)).rejects.toMatchObject({ code: 'soundMissing' });
      expect((await hls.live(roomId, undefined)).text).toContain(`${run}-0.m4s`);
      await get(Recordings).end(id);
      await expect(hls.replay(id, undefined, 'sound')).rejects.toMatchObject({ code: 'soundMissing' });
    }
  });
});
