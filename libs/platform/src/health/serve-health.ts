import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Express } from 'express';
import type { Health } from './health.js';

/** `/healthz`: the process lives. `/readyz`: all that it needs works, with each part's state; 503 when one does not. */
export function serveHealth(app: NestExpressApplication, health: Health): void {
  const http = app.getHttpAdapter().getInstance() as Express;
  http.get('/healthz', (_request, response) => {
    response.set('Cache-Control', 'no-store').json({ ok: true });
  });
  http.get('/readyz', (_request, response, next) => {
    health.state().then((state) => response.status(state.ok ? 200 : 503).set('Cache-Control', 'no-store').json(state), next);
  });
}
