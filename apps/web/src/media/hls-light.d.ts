/** hls.js without subtitles, DRM and other audio: a third smaller, the same class. */
declare module 'hls.js/light' {
  export { default } from 'hls.js';
}
