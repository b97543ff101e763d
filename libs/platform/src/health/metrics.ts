import { timingSafeEqual } from 'node:crypto';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Express, NextFunction, Request, Response } from 'express';
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import type { Settings } from '../config/settings.js';
import { DomainError } from '../errors/domain-error.js';

/** What this process measures of itself; slices add their own: `new Counter({ registers: [metrics], … })`. */
export const metrics = new Registry();

const requests = new Histogram({
  name: 'fairwind_http_request_seconds',
  help: 'HTTP requests by method, route and status',
  labelNames: ['method', 'route', 'status'] as const,
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
  registers: [metrics],
});

/** One request that was answered without Express. @param since `performance.now()` when it came */
export function measureRequest(method: string, route: string, status: number, since: number): void {
  requests.observe({ method, route, status: String(status) }, (performance.now() - since) / 1_000);
}

/** Times every request. The route is its pattern, never the address: that would make a series a person. */
export function measureRequests(request: Request, response: Response, next: NextFunction): void {
  const end = requests.startTimer();
  response.once('close', () => {
    const route = (request.route as { path?: unknown } | undefined)?.path;
    end({ method: request.method, route: typeof route === 'string' ? route : 'none', status: String(response.statusCode) });
  });
  next();
}

const LOOPBACK = /^(::1|(::ffff:)?127\.\d+\.\d+\.\d+)$/;

function mayRead(request: Request, token: string | null): boolean {
  if (token !== null) {
    const given = Buffer.from(request.headers.authorization ?? '');
    const wanted = Buffer.from(`Bearer ${token}`);
    return given.length === wanted.length && timingSafeEqual(given, wanted);
  }
  // A proxy on this machine connects from loopback on behalf of anybody.
  return request.headers['x-forwarded-for'] === undefined && request.headers.forwarded === undefined && LOOPBACK.test(request.socket.remoteAddress ?? '');
}

/** `/metrics` in Prometheus' text format: with the token of the settings, or without one from this machine only. */
export function serveMetrics(app: NestExpressApplication, settings: Settings): void {
  if (metrics.getSingleMetric('process_cpu_user_seconds_total') === undefined) collectDefaultMetrics({ register: metrics });
  const http = app.getHttpAdapter().getInstance() as Express;
  http.get('/metrics', (request, response, next) => {
    // Not there for anybody else.
    if (!mayRead(request, settings.metricsToken)) return next(new DomainError('notFound'));
    metrics.metrics().then((text) => response.set('Content-Type', metrics.contentType).send(text), next);
  });
}
