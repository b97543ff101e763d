// Part of the scanner's service worker: its running time, which goes on while the page is loaded anew (src/gate/offline/elapsed.ts).
const origin = Array.from(crypto.getRandomValues(new Uint8Array(12)), byte => byte.toString(16).padStart(2, '0')).join('');
self.addEventListener('message', ({ data, ports }) => {
  if (data === 'gate-clock') ports[0]?.postMessage({ origin, running: performance.now() });
});
