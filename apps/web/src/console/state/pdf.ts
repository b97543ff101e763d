/** PDFs drawn in the page itself: the content policy allows no frames, and a browser's own viewer is another window. Loaded when one is opened. */
import { getDocument, GlobalWorkerOptions, type PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import workerUrl from 'pdfjs-dist/legacy/build/pdf.worker.min.mjs?url';

export type Pdf = PDFDocumentProxy;

// Chinese fonts that a file does not carry are found by these; each is fetched when a file needs it.
const files: Record<string, string> = {
  ...import.meta.glob<string>('../../../../../node_modules/pdfjs-dist/cmaps/{Adobe-GB1,Adobe-CNS1,UniGB,UniCNS,GB}*.bcmap', { query: '?url&no-inline', import: 'default', eager: true }),
  ...import.meta.glob<string>('../../../../../node_modules/pdfjs-dist/standard_fonts/*.{pfb,ttf}', { query: '?url&no-inline', import: 'default', eager: true }),
};
const urls = new Map(Object.entries(files).map(([path, url]) => [path.slice(path.lastIndexOf('/') + 1), url]));

/** What the library asks for beside the file. */
class OwnFiles {
  async fetch({ filename }: { filename: string }): Promise<Uint8Array> {
    const url = urls.get(filename);
    if (!url) throw new Error(`${filename} is not kept here.`);
    const answer = await fetch(url);
    if (!answer.ok) throw new Error(`${filename}: ${answer.status}`);
    return new Uint8Array(await answer.arrayBuffer());
  }
}

/** Rejects when it is no PDF, is broken, or wants a password. Its scripts and forms are not run. */
export async function openPdf(file: Blob): Promise<Pdf> {
  GlobalWorkerOptions.workerSrc = workerUrl;
  const data = new Uint8Array(await file.arrayBuffer());
  const task = getDocument({ data, BinaryDataFactory: OwnFiles, cMapUrl: 'own/', standardFontDataUrl: 'own/', cMapPacked: true, useWorkerFetch: false, useWasm: false, enableXfa: false });
  try {
    return await task.promise;
  } catch (error) {
    void task.destroy();
    throw error;
  }
}

/** Draws one page, `width` CSS pixels wide, as sharp as the screen. */
export async function drawPage(pdf: Pdf, number: number, canvas: HTMLCanvasElement, width: number): Promise<void> {
  const page = await pdf.getPage(number);
  const scale = width / page.getViewport({ scale: 1 }).width;
  const viewport = page.getViewport({ scale: scale * Math.min(2, devicePixelRatio || 1) });
  Object.assign(canvas, { width: Math.round(viewport.width), height: Math.round(viewport.height) });
  await page.render({ canvas, viewport }).promise;
}

/** What is written on a page, for who does not see it. */
export async function textOf(pdf: Pdf, number: number): Promise<string> {
  const { items } = await (await pdf.getPage(number)).getTextContent();
  return items.map(item => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join('').trim();
}
