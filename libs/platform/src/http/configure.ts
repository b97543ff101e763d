import type { NestExpressApplication } from '@nestjs/platform-express';
import compression from 'compression';
import type { Settings } from '../config/settings.js';
import { Database } from '../database/database.js';
import { FailureFilter } from '../errors/failure.filter.js';
import { Health } from '../health/health.js';
import { serveHealth } from '../health/serve-health.js';
import { measureRequests, serveMetrics } from '../health/metrics.js';
import { AheadRoutes } from './ahead-routes.js';
import { serveDocuments } from './documents.js';
import { HostilePipe } from './hostile.pipe.js';
import { requestContext } from './request-context.js';
import { securityHeaders, withHeaders } from './security.js';
import { validation } from './validation.js';

/** The largest JSON body: the whole of a fair with its zones and agenda fits in many times. */
const BODY_LIMIT = '256kb';

/** Media for players and encoders has short addresses of its own, which a proxy can give to the media nodes. */
const outsideApi = ['hls', 'whip', 'whep'].flatMap((part) => [`media/${part}/:id`, `media/${part}/:id/:part`]);

/**
 * Everything that makes HTTP ours, in its order. `run` and the tests that boot an application call it once, before
 * `app.init()`; the application is created with `bodyParser: false`.
 */
export function configureHttp(app: NestExpressApplication, settings: Settings): void {
  app.disable('x-powered-by');
  if (settings.trustedProxy !== null) app.set('trust proxy', settings.trustedProxy.split(',').map((part) => part.trim()));
  const headers = securityHeaders(settings);
  const ahead = app.get(AheadRoutes);
  ahead.attach(app.getHttpServer(), headers);
  app.use(requestContext, measureRequests, withHeaders(headers), ahead.failures, compression({ threshold: 1_024 }));
  app.useBodyParser('json', { limit: BODY_LIMIT, strict: true });
  app.setGlobalPrefix('api', { exclude: outsideApi });
  app.useGlobalPipes(new HostilePipe(), validation());
  app.useGlobalFilters(new FailureFilter());
  const health = app.get(Health);
  const database = app.get(Database);
  health.register('database', async () => {
    await database.read.$queryRaw`SELECT 1`;
    return { ok: true };
  });
  serveHealth(app, health);
  serveMetrics(app, settings);
  serveDocuments(app);
}
