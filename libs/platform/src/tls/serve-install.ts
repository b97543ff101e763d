import { createServer, type Server } from 'node:http';
import express, { type Express } from 'express';
import { languageOf, requestContext } from '../http/request-context.js';
import type { LanCertificate } from './authority.js';
import { installPage, mobileConfig } from './install-page.js';

/** The page and its two downloads, on an application that may be the fair's own or the plain one beside it. */
export function serveInstall(http: Express, authority: LanCertificate['authority'], home: (host: string) => string): void {
  http.get('/install-certificate', (request, response) => {
    const language = request.query.lang === 'en' ? 'en' : request.query.lang === 'zh' ? 'zh' : languageOf(request.headers['accept-language']);
    response.type('html').send(installPage(language, authority, home(request.hostname)));
  });
  // These types make a phone install it instead of showing it.
  http.get('/install-certificate/fairwind.crt', (_request, response) => {
    response.set({ 'Content-Type': 'application/x-x509-ca-cert', 'Content-Disposition': 'attachment; filename="fairwind.crt"' }).send(authority.der);
  });
  http.get('/install-certificate/fairwind.mobileconfig', (_request, response) => {
    response.set({ 'Content-Type': 'application/x-apple-aspen-config', 'Content-Disposition': 'attachment; filename="fairwind.mobileconfig"' }).send(mobileConfig(authority));
  });
}

/**
 * The plain http server beside the https one: a phone that does not trust the hall yet can read there how to. Everything
 * else is sent to https.
 * @param port where it listens; 0 takes a free one
 * @param securePort where https is
 */
export function startHelpServer(port: number, host: string | null, securePort: () => number, authority: LanCertificate['authority']): Promise<Server> {
  const http = express();
  http.disable('x-powered-by');
  const home = (name: string) => `https://${name.includes(':') ? `[${name}]` : name}${securePort() === 443 ? '' : `:${securePort()}`}`;
  http.use(requestContext);
  serveInstall(http, authority, (name) => `${home(name)}/`);
  http.use((request, response) => response.redirect(307, home(request.hostname ?? 'localhost') + request.originalUrl));
  const server = createServer(http);
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(port, host ?? undefined, () => resolve(server));
  });
}
