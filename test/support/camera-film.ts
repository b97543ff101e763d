import { writeFile } from 'node:fs/promises';
import qrcode from 'qrcode';

/**
 * A film for Chromium's fake camera (--use-file-for-fake-video-capture): a QR code held still, as a phone is held before a
 * gate. YUV4MPEG2, 640x480, grey; a few frames, which Chromium repeats.
 */
export async function filmQrCode(file: string, text: string): Promise<void> {
  const [width, height, frames] = [640, 480, 5];
  const { size, data } = qrcode.create(text, { errorCorrectionLevel: 'M' }).modules;
  const scale = Math.floor(400 / (size + 8));
  const [left, top] = [Math.floor((width - size * scale) / 2), Math.floor((height - size * scale) / 2)];
  const luma = Buffer.alloc(width * height, 235);
  for (let y = 0; y < size * scale; y++) {
    for (let x = 0; x < size * scale; x++) {
      if (data[Math.floor(y / scale) * size + Math.floor(x / scale)]) luma[(top + y) * width + left + x] = 16;
    }
  }
  const frame = Buffer.concat([Buffer.from('FRAME\n'), luma, Buffer.alloc((width * height) / 2, 128)]);
  await writeFile(file, Buffer.concat([Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420jpeg\n`), ...Array<Buffer>(frames).fill(frame)]));
}

/** What Chromium must be started with to see that film. */
export const cameraFlags = (file: string): string[] => ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream', '--autoplay-policy=no-user-gesture-required', `--use-file-for-fake-video-capture=${file}`];
