import type { RequestHandler, Response } from 'express';
import helmet from 'helmet';
import type { Settings } from '../config/settings.js';

const SELF = "'self'";

/**
 * The headers of every answer: what a page may load and use.
 * - scripts are ours, and WebAssembly may be compiled (the QR reader);
 * - styles may be inline, since component libraries set them on elements;
 * - camera and microphone are ours alone;
 * - beside media nodes on other origins, which come and go, streams and signalling may come from any origin of a kind.
 */
export function securityHeaders(settings: Settings): (readonly [name: string, value: string])[] {
  const ownCertificate = settings.tlsCert !== null || (settings.publicUrl?.startsWith('https:') ?? false);
  const nodes = settings.role === 'all' ? [] : ownCertificate ? ['https:'] : ['https:', 'http:'];
  const headers = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: [SELF],
        scriptSrc: [SELF, "'wasm-unsafe-eval'"],
        scriptSrcAttr: ["'none'"],
        styleSrc: [SELF, "'unsafe-inline'"],
        imgSrc: [SELF, 'data:', 'blob:'],
        fontSrc: [SELF, 'data:'],
        mediaSrc: [SELF, 'blob:', ...nodes],
        // `'self'` covers WebSockets only from Safari 15.4 on; older phones come to a fair too.
        connectSrc: [SELF, 'ws:', 'wss:', ...nodes],
        workerSrc: [SELF, 'blob:'],
        manifestSrc: [SELF],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: [SELF],
        frameAncestors: [SELF],
      },
    },
    // Not for the LAN's own certificate authority: a phone that remembers it could not come back over http to install it.
    strictTransportSecurity: ownCertificate ? { maxAge: 15_552_000, includeSubDomains: false } : false,
    crossOriginEmbedderPolicy: false,
    referrerPolicy: { policy: 'strict-origin-when-cross-origin' },
  });
  // They are the same for every answer: asked for once, set as they are.
  return [...written(headers), ['Permissions-Policy', PERMISSIONS]];
}

/** Sets them on every answer. */
export const withHeaders = (headers: readonly (readonly [name: string, value: string])[]): RequestHandler => (_request, response, next) => {
  for (const [name, value] of headers) response.setHeader(name, value);
  next();
};

const PERMISSIONS = 'camera=(self), microphone=(self), display-capture=(self), fullscreen=(self), screen-wake-lock=(self), geolocation=(self), payment=(), usb=()';

/** The headers that a middleware sets, whatever the request. Throws when it does not set them at once. */
function written(middleware: ReturnType<typeof helmet>): (readonly [name: string, value: string])[] {
  const headers: (readonly [string, string])[] = [];
  let done = false;
  const response = { setHeader: (name: string, value: string) => headers.push([name, value]), removeHeader: () => undefined };
  middleware({} as Parameters<typeof middleware>[0], response as unknown as Response, (error) => { done = error === undefined; });
  if (!done) throw new Error('The security headers cannot be written once for all answers.');
  return headers;
}
