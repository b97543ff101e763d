import { writeFile } from 'node:fs/promises';
import qrcode from 'qrcode';
import { anyAutoplay, fakeDevices } from './chromium.js';

/** What the camera sees, and for how long; null: nobody holds anything before it. */
export interface Scene { text: string | null; seconds: number }

/**
 * A film for Chromium's fake camera (--use-file-for-fake-video-capture), which Chromium repeats: QR codes held still, as phones
 * are held before a gate. YUV4MPEG2, 640x480, grey.
 */
export async function filmScenes(file: string, scenes: Scene[], perSecond = 4): Promise<void> {
  const frames = scenes.flatMap(({ text, seconds }) => Array<Buffer>(Math.ceil(seconds * perSecond)).fill(frame(text)));
  await writeFile(file, Buffer.concat([Buffer.from(`YUV4MPEG2 W${width} H${height} F${perSecond}:1 Ip A1:1 C420jpeg\n`), ...frames]));
}

/** One code, held before the camera for good. */
export const filmQrCode = (file: string, text: string): Promise<void> => filmScenes(file, [{ text, seconds: 0.5 }], 10);

const [width, height] = [640, 480];

function frame(text: string | null): Buffer {
  const luma = Buffer.alloc(width * height, 235);
  if (text !== null) {
    const { size, data } = qrcode.create(text, { errorCorrectionLevel: 'M' }).modules;
    const scale = Math.floor(400 / (size + 8));
    const [left, top] = [Math.floor((width - size * scale) / 2), Math.floor((height - size * scale) / 2)];
    for (let y = 0; y < size * scale; y++) {
      for (let x = 0; x < size * scale; x++) {
        if (data[Math.floor(y / scale) * size + Math.floor(x / scale)]) luma[(top + y) * width + left + x] = 16;
      }
    }
  }
  return Buffer.concat([Buffer.from('FRAME\n'), luma, Buffer.alloc((width * height) / 2, 128)]);
}

/** What Chromium must be started with to see that film. */
export const cameraFlags = (file: string): string[] => [...fakeDevices, anyAutoplay, `--use-file-for-fake-video-capture=${file}`];
