/** What the benchmark runs inside pages. Texts: the server's TypeScript knows no DOM, and should not. */

/**
 * A camera whose picture is a clock: 24 bits of the machine's time in a row of blocks, and a microphone that hums. While
 * `window.resting` it is drawn once a second: the other side is measured, and two encoders at work would be in its way.
 */
export const clockCamera = `(() => {
  const canvas = document.createElement('canvas'); canvas.width = 640; canvas.height = 360;
  const pen = canvas.getContext('2d');
  let drawnAt = 0;
  const draw = () => {
    requestAnimationFrame(draw);
    if (window.resting && performance.now() - drawnAt < 1000) return;
    drawnAt = performance.now();
    const time = Math.floor(performance.timeOrigin + performance.now()) % 2 ** 24;
    pen.fillStyle = '#084E40'; pen.fillRect(0, 0, 640, 360);
    for (let bit = 0; bit < 24; bit++) { pen.fillStyle = (time >> bit) & 1 ? '#fff' : '#000'; pen.fillRect(32 + bit * 24, 120, 24, 120); }
  };
  requestAnimationFrame(draw);
  let sound;
  const hum = () => { const context = new AudioContext(); const tone = context.createOscillator(); const out = context.createMediaStreamDestination(); tone.connect(out); tone.start(); return out.stream.getAudioTracks()[0]; };
  navigator.mediaDevices.getUserMedia = async (wanted) => new MediaStream([
    ...(wanted.video ? [canvas.captureStream(30).getVideoTracks()[0]] : []), ...(wanted.audio ? [(sound ??= hum()).clone()] : [])]);
})();`;

/** `frames1`: a promise of the milliseconds from `from` (performance.now()) to the first decoded frame of `selector`. */
export const watchFirstFrame = (selector: string): string => `
  window.frames1 = (from) => new Promise((done) => {
    const timer = setInterval(() => {
      const video = document.querySelector(${JSON.stringify(selector)});
      if (!video || !(video.getVideoPlaybackQuality().totalVideoFrames > 0)) return;
      clearInterval(timer); done(performance.now() - from);
    }, 5);
  });`;

/**
 * Watches the first decoded frame of `selector`, and what came before it (`steps`), milliseconds of performance.now(). Installed before
 * the page's own scripts, and told nothing by them: the same for the product and for the bare page.
 */
export const watchSteps = (selector: string): string => `(() => {
  const seen = {};
  const mark = (name, at = performance.now()) => { seen[name] ??= at; };
  const line = window.WebSocket;
  window.WebSocket = class extends line {
    constructor(...given) {
      super(...given);
      if (!String(given[0]).includes('/media/')) return;
      this.addEventListener('open', () => mark('line'));
      this.addEventListener('message', ({ data }) => { if (typeof data === 'string' && data.includes('"entered"')) mark('entered'); });
    }
  };
  const { setRemoteDescription, setLocalDescription } = RTCPeerConnection.prototype;
  RTCPeerConnection.prototype.setRemoteDescription = function (...given) {
    mark('answer');
    this.addEventListener('connectionstatechange', () => { if (this.connectionState === 'connected') mark('connected'); });
    return setRemoteDescription.apply(this, given);
  };
  RTCPeerConnection.prototype.setLocalDescription = async function (...given) {
    await setLocalDescription.apply(this, given);
    if (this.remoteDescription) mark('described');
  };
  window.firstFrame = () => new Promise((done) => {
    let watched;
    const timer = setInterval(() => {
      const video = document.querySelector(${JSON.stringify(selector)});
      if (!video) return;
      if (video !== watched) (watched = video).requestVideoFrameCallback((_, { receiveTime }) => { if (receiveTime) mark('picture', receiveTime); });
      if (!(video.getVideoPlaybackQuality().totalVideoFrames > 0)) return;
      mark('frame');
      if (seen.picture === undefined && performance.now() - seen.frame < 500) return;
      clearInterval(timer);
      const passed = performance.getEntriesByType('resource').find(({ name }) => name.endsWith('/join'));
      const scripts = performance.getEntriesByType('resource').filter(({ name, responseEnd }) => name.endsWith('.js') && responseEnd < seen.answer);
      if (passed) { mark('asked', passed.startTime); mark('pass', passed.responseEnd); }
      mark('html', performance.getEntriesByType('navigation')[0].responseEnd);
      if (scripts.length) mark('code', Math.max(...scripts.map(({ responseEnd }) => responseEnd)));
      done(seen);
    }, 5);
  });
})();`;
/** Clicks `selector`. @returns the steps, and when it was clicked (`click`) */
export const clickAndWait = (selector: string): string => `(() => {
  const click = performance.now();
  const seen = window.firstFrame();
  document.querySelector(${JSON.stringify(selector)}).click();
  return Promise.race([seen.then((steps) => ({ click, ...steps })), new Promise((_, fail) => setTimeout(() => fail(new Error('no picture in 40 s')), 40000))]);
})()`;

/** Ages of the shown pictures, milliseconds, for \`duration\`: the clock in the picture against the clock here. */
export const readClock = (selector: string, duration: number): string => `new Promise((done) => {
  const video = document.querySelector(${JSON.stringify(selector)});
  const canvas = document.createElement('canvas'); canvas.width = 640; canvas.height = 360;
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  const ages = []; const until = performance.now() + ${duration};
  const next = () => {
    const now = Math.floor(performance.timeOrigin + performance.now()) % 2 ** 24;
    pen.drawImage(video, 0, 0, 640, 360);
    const row = pen.getImageData(0, 180, 640, 1).data;
    let time = 0;
    for (let bit = 0; bit < 24; bit++) if (row[(32 + bit * 24 + 12) * 4] > 127) time |= 1 << bit;
    const age = (now - time + 2 ** 24) % 2 ** 24;
    if (age < 5000) ages.push(age);
    if (performance.now() < until) video.requestVideoFrameCallback(next); else done(ages);
  };
  video.requestVideoFrameCallback(next);
})`;
