/** Real encoders over the cap of what one person may send: one that hears it, and one that does not. */
import { LiveRooms } from '../../apps/media/src/live-rooms.js';
import { MediaModule } from '../../apps/media/src/media.module.js';
import { newId } from '../../libs/platform/src/index.js';
import { Rooms } from '../../libs/rooms/src/index.js';
import { testApplication, type TestApplication } from '../support/application.js';
import { picture, seriousFaults } from '../support/chromium.js';
import { Encoder } from '../support/encoder.js';
import { Fairground } from '../support/fairground.js';
import { onAir, setStatus, whipAt } from '../support/on-air.js';
import { inLong } from '../support/runs.js';
import { eventually } from '../support/world.js';

/** What is let through is half as much again, and its sound. Bits a second. */
const MOST = 200_000;
const LEAST = 6_000_000;
const SDP = 'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n';
const seconds = (n: number) => new Promise((done) => setTimeout(done, n * 1_000));

let media: TestApplication;
const encoders: Encoder[] = [];
const get = <T>(type: new (...parts: never[]) => T): T => media.app.get(type, { strict: false });
const encoder = async () => {
  encoders.push(await Encoder.start());
  return encoders.at(-1)!;
};
async function room(): Promise<{ id: string; url: string; key: string }> {
  return media.database.transaction(async (tx) => {
    const { id } = await get(Rooms).open(tx, { kind: 'broadcast', ownerId: newId(), scope: { kind: 'fair', id: newId() }, isPublic: true });
    return { id, url: `${media.url}/media/whip/${id}`, key: await get(Rooms).makeKey(tx, id, newId()) };
  });
}
/** What came of it over so long, bits a second. */
async function rate(one: Encoder, over: number): Promise<number> {
  const before = await one.sent();
  await seconds(over);
  return (await one.sent() - before) * 8 / over;
}
const ends = (roomId: string) => media.database.read.event.findMany({ where: { type: 'room.publisherEnded', data: { path: ['roomId'], equals: roomId } } });

jest.setTimeout(120_000);

inLong('a cap of what one person may send', () => {
  beforeAll(async () => {
    media = await testApplication({ imports: [MediaModule] }, { mediaPort: 0, mediaWorkers: 1, mediaPublisherBitrate: MOST });
    await eventually('workers', async () => (await get(Rooms).readiness()).state === 'ready');
  }, 60_000);
  afterAll(async () => {
    for (const one of encoders.splice(0)) await one.stop();
    await media.close();
  });

  it('ends an encoder that does not hear it, says why, and lets it in again with its key; once more, and it waits', async () => {
    const { id, url, key } = await room();
    const deaf = await encoder();
    await deaf.publish(url, key, 'video/H264', LEAST);
    await eventually('a line', async () => (await deaf.state()) === 'connected');
    await eventually('its end', async () => (await deaf.state()) !== 'connected' && (await ends(id)).length > 0, 30_000);
    expect(get(LiveRooms).find(id)!.producers()).toEqual([]);
    const [told] = await ends(id);
    expect(told!.data).toEqual({ roomId: id, kind: 'broadcast', ownerId: expect.any(String), code: 'bitrateTooHigh', sent: expect.any(Number), most: MOST, rest: 0 });
    expect((told!.data as { sent: number }).sent).toBeGreaterThan(MOST * 3);
    // As it was: it is ended again, and now it waits.
    await deaf.publish(url, key, 'video/H264', LEAST);
    await eventually('a line again', async () => (await deaf.state()) === 'connected');
    await eventually('its second end', async () => (await ends(id)).length > 1, 30_000);
    await expect(deaf.publish(url, key)).rejects.toThrow('429');
    const refused = await fetch(url, { method: 'POST', headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/sdp' }, body: SDP });
    expect([refused.status, Number(refused.headers.get('retry-after')) > 20, await refused.json()]).toEqual([429, true, { error: expect.objectContaining({ code: 'bitrateTooHigh' }) }]);
  });

  it('never ends one that adapts, however little that is', async () => {
    const { id, url, key } = await room();
    const hearing = await encoder();
    await hearing.publish(url, key);
    await eventually('a line', async () => (await hearing.state()) === 'connected');
    await seconds(25);
    expect(await rate(hearing, 4)).toBeLessThan(MOST * 1.5 + 200_000);
    expect([await hearing.state(), get(LiveRooms).find(id)!.producers().length, await ends(id)]).toEqual(['connected', 2, []]);
  });
});

inLong('the people of a broadcast whose encoder is ended', () => {
  it('read why: the host in the studio, with what to do, and the organiser; nobody else', async () => {
    const ground = await Fairground.open([], { FAIRWIND_MEDIA_PUBLISHER_BITRATE: String(MOST) });
    const { world, people: browsing } = ground;
    try {
      const show = await onAir(world);
      await setStatus(show, 'ended');
      const [host, organiser] = [await browsing.invite(show.host, 'employerAdmin', '林主播'), await browsing.invite(show.bureau, 'organiserAdmin', '陈科长')];
      const { fairId, boothId, jobs, startsAt, endsAt } = show.broadcast;
      const planned = await show.host.admin.call('POST /fairs/:fairId/broadcasts', { params: { fairId }, body: {
        boothId, kind: 'talk', title: '装配工专场', startsAt, endsAt, jobIds: jobs.map(({ id }) => id), hostIds: [host.accountId],
      } });
      const studio = await browsing.console(host.loginName, `/studio/${planned.id}`);
      await studio.getByRole('button', { name: '用 OBS 推流，这里不开摄像头' }).click();
      await studio.getByRole('button', { name: '进去排练' }).click({ timeout: 60_000 });
      await studio.getByRole('toolbar', { name: '直播间' }).waitFor();
      const broadcast = await setStatus({ host: show.host, broadcast: planned }, 'live');
      const desk = await browsing.console(organiser.loginName, `/fairs/${fairId}/broadcasts/${planned.id}`);
      const phone = await browsing.phone(`/live/${planned.id}`);
      const whip = await show.host.admin.call('POST /broadcasts/:broadcastId/whip-key', { params: { broadcastId: planned.id } });
      const deaf = await encoder();
      await deaf.publish(whipAt(world, { ...show, broadcast }), whip.key, 'video/H264', LEAST);
      await studio.getByText(/推流码率太高，断开了：推了 [\d.]+ Mbps，最多 200 kbps/).waitFor({ timeout: 60_000 });
      await studio.getByText(/把码率调到 200 kbps 以下/).waitFor();
      await desk.getByText(/推流码率太高，断开了：推了 [\d.]+ Mbps，最多 200 kbps/).waitFor();
      expect(await phone.getByText('码率', { exact: false }).count()).toBe(0);
      await picture(studio, 'over-cap-studio');
      await picture(desk, 'over-cap-desk');
      expect([await seriousFaults(studio), await seriousFaults(desk)]).toEqual([[], []]);
    } finally {
      for (const one of encoders.splice(0)) await one.stop();
      await ground.close();
    }
  });
});
