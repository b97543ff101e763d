import { Files } from '#libs/platform';
import { Recordings, RECORDINGS } from '#libs/rooms';
import { shows, type Show, type Shows } from '../../../test/support/show.js';
import { Airing } from './airing.js';
import { Complaints } from './complaints.js';
import { Keeping } from './keeping.js';
import { Moderating } from './moderating.js';

let testing: Shows;
beforeAll(async () => { testing = await shows(); }, 60_000);
afterAll(() => testing.close());

const DAY = 86_400_000;

/** One with words, a sanction and a recording, that ended so many days ago. */
async function over(days: number): Promise<Show & { recordingId: string; key: string }> {
  const show = await testing.show();
  const { id, roomId } = show.broadcast;
  const viewer = await testing.viewer();
  const { id: messageId } = await testing.say(viewer, id, '工资多少');
  await testing.get(Moderating).sanction(show.host, id, { messageId, kind: 'mute', reason: '刷屏', minutes: 5 });
  await testing.get(Complaints).make(viewer, id, { kind: 'fee', text: '', deviceId: viewer.deviceId }, '');
  const { id: recordingId } = await testing.get(Recordings).begin(roomId);
  const key = `${recordingId}/run-0.m4s`;
  await testing.get(Files).area(RECORDINGS).put(key, Buffer.from('s'), 'video/mp4');
  await testing.get(Recordings).addSegment(recordingId, { sequence: 0, storageKey: key, initKey: `${recordingId}/init.mp4`, duration: 1_000, bytes: 1, discontinuity: false });
  await testing.get(Airing).changeStatus(show.host, id, { status: 'ended' });
  await testing.get(Recordings).end(recordingId);
  await testing.database.read.broadcast.update({ where: { id }, data: { endedAt: new Date(Date.now() - days * DAY) } });
  return { ...show, recordingId, key };
}
const left = async ({ broadcast: { id: broadcastId }, recordingId, key }: Awaited<ReturnType<typeof over>>) => ({
  messages: await testing.database.read.chatMessage.count({ where: { broadcastId } }),
  sanctions: await testing.database.read.sanction.count({ where: { broadcastId } }),
  complaints: await testing.database.read.complaint.count({ where: { broadcastId } }),
  recording: (await testing.get(Recordings).find(recordingId)) !== null,
  bytes: (await testing.get(Files).area(RECORDINGS).read(key)) !== null,
});

it('keeps words, sanctions and recordings for their term, and deletes them after it, bytes and all', async () => {
  const [old, young, live] = [await over(1_096), await over(1_094), await testing.show()];
  await testing.say(await testing.viewer(), live.broadcast.id, '还在播');
  const clear = () => testing.database.transaction((tx) => testing.get(Keeping).clear(tx));
  expect(await clear()).toBe(1);
  expect(await left(old)).toEqual({ messages: 0, sanctions: 0, complaints: 0, recording: false, bytes: false });
  expect(await left(young)).toEqual({ messages: 1, sanctions: 1, complaints: 1, recording: true, bytes: true });
  expect(await testing.database.read.chatMessage.count({ where: { broadcastId: live.broadcast.id } })).toBe(1);
  // What remains says what there was; there is nothing left to do, nor to play.
  expect(await testing.database.read.broadcast.findUnique({ where: { id: old.broadcast.id } })).toMatchObject({ title: '装配工专场', status: 'ended' });
  expect(await clear()).toBe(0);
});

it('looks by itself, once for all processes', async () => {
  await testing.get(Keeping).onApplicationBootstrap();
  const timers = await testing.database.read.timer.findMany({ where: { name: 'live.keeping', doneAt: null } });
  expect(timers.map(({ key }) => key)).toEqual(['all']);
});
