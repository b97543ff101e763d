/** The camera and what it reads. The browser's own detector where it reads QR codes, else zxing (our own copy of its wasm). */
type Read = (source: HTMLVideoElement) => Promise<string | null>;
interface BarcodeDetectorLike { detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]> }
interface BarcodeDetectorClass { new (options: { formats: string[] }): BarcodeDetectorLike; getSupportedFormats(): Promise<string[]> }

/** Why there is no picture; each has its sentence. */
export type CameraProblem = 'denied' | 'missing' | 'busy' | 'insecure';
export class CameraError extends Error {
  constructor(readonly problem: CameraProblem) { super(problem); }
}

/** Longest side of what zxing looks at, px: enough for our code at arm's length, and fast on a cheap phone. */
const LOOK_AT = 720;

async function nativeReader(): Promise<Read | null> {
  const Detector = (globalThis as { BarcodeDetector?: BarcodeDetectorClass }).BarcodeDetector;
  if (!Detector) return null;
  try {
    if (!(await Detector.getSupportedFormats()).includes('qr_code')) return null;
    const detector = new Detector({ formats: ['qr_code'] });
    return async video => (await detector.detect(video))[0]?.rawValue ?? null;
  } catch (error) {
    console.warn('The browser’s own detector does not work:', error);
    return null;
  }
}

async function zxingReader(): Promise<Read> {
  const [{ prepareZXingModule, readBarcodes }, { default: wasm }] = await Promise.all([
    import('zxing-wasm/reader'), import('zxing-wasm/reader/zxing_reader.wasm?url'),
  ]);
  await prepareZXingModule({ overrides: { locateFile: () => wasm }, fireImmediately: true });
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d', { willReadFrequently: true })!;
  return async video => {
    const scale = Math.min(1, LOOK_AT / Math.max(video.videoWidth, video.videoHeight));
    canvas.width = Math.round(video.videoWidth * scale);
    canvas.height = Math.round(video.videoHeight * scale);
    if (!canvas.width) return null;
    context.drawImage(video, 0, 0, canvas.width, canvas.height);
    const found = await readBarcodes(context.getImageData(0, 0, canvas.width, canvas.height), { formats: ['QRCode'], maxNumberOfSymbols: 1, tryHarder: true });
    return found[0]?.text ?? null;
  };
}

const reader = async (): Promise<Read> => (await nativeReader()) ?? (await zxingReader());

/** Opens the back camera into `video`. Throws CameraError. iOS wants `playsinline` and a tap before it. */
export async function openCamera(video: HTMLVideoElement): Promise<MediaStream> {
  // On plain http there is no mediaDevices at all.
  if (!navigator.mediaDevices?.getUserMedia) throw new CameraError(window.isSecureContext ? 'missing' : 'insecure');
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: false, video: { facingMode: { ideal: 'environment' }, width: { ideal: 1280 }, height: { ideal: 720 } } });
    video.srcObject = stream;
    await video.play();
    return stream;
  } catch (error) {
    const name = (error as DOMException).name;
    throw new CameraError(name === 'NotAllowedError' ? 'denied' : name === 'NotReadableError' || name === 'AbortError' ? 'busy' : 'missing');
  }
}

/** Reads codes until the returned function is called; about eight looks a second, none while `paused` says so. */
export function readCodes(video: HTMLVideoElement, found: (text: string) => void, paused: () => boolean): () => void {
  let stopped = false;
  const look = async (read: Read): Promise<void> => {
    while (!stopped) {
      const since = performance.now();
      if (!paused() && video.readyState >= 2 && !document.hidden) {
        const text = await read(video).catch((error: unknown) => { console.warn('A picture could not be read:', error); return null; });
        if (text && !paused()) found(text);
      }
      await new Promise(done => setTimeout(done, Math.max(30, 125 - (performance.now() - since))));
    }
  };
  void reader().then(look);
  return () => { stopped = true; };
}
