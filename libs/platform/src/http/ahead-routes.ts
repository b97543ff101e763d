import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import { Injectable } from '@nestjs/common';
import type { Request, RequestHandler } from 'express';
import { measureRequest } from '../health/metrics.js';
import { newRequestId } from './request-context.js';

/** A request whose body nobody has read; a route that has read it and hands it on leaves it here. */
export type AheadRequest = IncomingMessage & { body?: unknown };
/** Answers with JSON and 200, or null: Express shall do it. What it throws is answered as anywhere else. There is no request's context in it. */
export type AheadRoute = (request: AheadRequest) => Promise<object | null>;

/**
 * Routes that are asked thousands of times a second, ahead of Express, its parsers and Nest's router. Each stands beside a route of
 * a controller of the same name, which has the documents, the guard and the pipes, and takes whatever is not plain.
 */
@Injectable()
export class AheadRoutes {
  private readonly byName = new Map<string, AheadRoute>();
  private readonly failed = new WeakMap<IncomingMessage, unknown>();

  /** Adds one. @param name such as `POST /api/scans`: the method and the whole path, which has no parameters */
  add(name: string, route: AheadRoute): void {
    if (this.byName.has(name)) throw new Error(`${name} has a route ahead of Nest already.`);
    this.byName.set(name, route);
  }

  /** Takes the place of what the server does with requests, which is done where there is no route. @param headers of every answer */
  attach(server: Server, headers: readonly (readonly [name: string, value: string])[]): void {
    const [onward] = server.listeners('request') as [RequestListener];
    const always = [...headers.flat(), 'Content-Type', 'application/json; charset=utf-8'];
    server.off('request', onward);
    server.on('request', (request, response) => {
      const route = this.byName.get(`${request.method} ${request.url}`);
      if (route) void this.serve(route, request, response, always, onward);
      else onward(request, response);
    });
  }

  /** Behind the request's context and headers: fails what a route has failed at. */
  readonly failures: RequestHandler = (request: Request, _response, next) => {
    next(this.failed.get(request));
  };

  private async serve(route: AheadRoute, request: IncomingMessage, response: ServerResponse, always: string[], onward: RequestListener): Promise<void> {
    const since = performance.now();
    let answer: object | null = null;
    try {
      answer = await route(request);
    } catch (error) {
      this.failed.set(request, error);
    }
    if (answer === null) return void onward(request as never, response as never);
    const text = JSON.stringify(answer);
    response.writeHead(200, [...always, 'X-Request-Id', newRequestId(), 'Content-Length', String(Buffer.byteLength(text))]).end(text);
    measureRequest(request.method!, request.url!, 200, since);
  }
}
