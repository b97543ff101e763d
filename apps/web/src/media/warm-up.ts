/** The code of WebRTC, fetched once. */
let library: Promise<typeof import('./webrtc')> | undefined;
/** The code of WebRTC, about 60 kB, and what the browser says of itself: a page that will need it may ask early. */
export function warmUp(): Promise<typeof import('./webrtc')> {
  library ??= import('./webrtc').then(async code => { await code.ask(); return code; });
  library.catch(() => { library = undefined; }); // offline: the next try asks again
  return library;
}
