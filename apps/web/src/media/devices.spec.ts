import { noiseReduced, openCamera, openMicrophone, setNoiseReduced } from './devices';

const kept = new Map<string, string>();
let asked: MediaStreamConstraints[];

beforeEach(() => {
  asked = [];
  kept.clear();
  Object.assign(globalThis, { localStorage: { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => void kept.set(key, value) } });
  const stream = { getAudioTracks: () => [{}], getVideoTracks: () => [{}] };
  Object.defineProperty(globalThis, 'navigator', { configurable: true, value: { mediaDevices: { getUserMedia: async (wanted: MediaStreamConstraints) => { asked.push(wanted); return stream; } } } });
});

it('asks for one channel of a voice, without echo and noise, and as loud as others', async () => {
  await openMicrophone();
  expect(asked).toEqual([{ audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true, channelCount: 1 } }]);
});

it('takes the microphone that was chosen, and no other', async () => {
  await openMicrophone({ deviceId: 'headset' });
  expect(asked[0].audio).toMatchObject({ deviceId: { exact: 'headset' }, echoCancellation: true, channelCount: 1 });
});

it('leaves the noise in once somebody turned that off, also the next time, and echo is taken out still', async () => {
  expect(noiseReduced()).toBe(true);
  setNoiseReduced(false);
  await openMicrophone();
  expect([asked[0].audio, [...kept.values()]]).toEqual([expect.objectContaining({ noiseSuppression: false, echoCancellation: true }), ['off']]);
  setNoiseReduced(true);
  await openMicrophone();
  expect(asked[1].audio).toMatchObject({ noiseSuppression: true });
});

it('asks the camera that looks at the person for no more than thirty pictures a second', async () => {
  await openCamera();
  expect(asked).toEqual([{ video: { facingMode: 'user', width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 25, max: 30 } } }]);
});
