import type { RoomPass } from '#libs/contracts';
import { uploadEstimate } from '../../media/devices';
import { RoomClient } from '../../media/room-client';

const EACH = 400;
const LASTS = 5000;
const pause = (ms: number) => new Promise(done => setTimeout(done, ms));

/**
 * What the line carries upwards, bits a second: sends a copy of one's picture into the room for some seconds, as it would be on air, when
 * nobody is let in to watch. null: it could not be measured.
 */
export async function measureUpload(pass: () => Promise<RoomPass>, track: MediaStreamTrack): Promise<number | null> {
  const copy = track.clone();
  const room = new RoomClient({ pass });
  let best: number | null = null;
  try {
    await Promise.race([room.enter(), pause(8000).then(() => { throw new Error('The room did not open in time.'); })]);
    await room.publish(copy, 'camera', { simulcast: true, maxBitrate: 2_500_000 });
    for (const since = Date.now(); Date.now() - since < LASTS;) {
      await pause(EACH);
      best = Math.max(best ?? 0, await uploadEstimate(room) ?? 0) || null;
    }
    await room.unpublish('camera');
  } catch (error) {
    console.warn('The line was not measured:', error);
  } finally {
    room.close();
    copy.stop();
  }
  return best;
}
