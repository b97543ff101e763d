import { Injectable } from '@nestjs/common';
import type { NextFunction, Request, RequestHandler, Response } from 'express';

/**
 * Answers a request, or hands it on untouched (`next()`), or with `request.body` set to what it read, or fails (`next(error)`).
 * It runs within the request's context, before any body is read.
 */
export type AheadRoute = (request: Request, response: Response, next: NextFunction) => void;

/**
 * Routes that are asked thousands of times a second, ahead of the parsers and of Nest's router. Each stands beside a route of a
 * controller of the same name, which has the documents, the guard and the pipes, and takes whatever is not plain.
 */
@Injectable()
export class AheadRoutes {
  private readonly byName = new Map<string, AheadRoute>();

  /** Adds one. @param name such as `POST /api/scans`: the method and the whole path, which has no parameters */
  add(name: string, route: AheadRoute): void {
    if (this.byName.has(name)) throw new Error(`${name} has a route ahead of Nest already.`);
    this.byName.set(name, route);
  }

  /** Goes behind the headers of every answer and before everything that reads a body. */
  readonly middleware: RequestHandler = (request, response, next) => {
    const route = this.byName.get(`${request.method} ${request.url}`);
    if (!route) return next();
    (request as { route?: { path: string } }).route = { path: request.url }; // for the metrics, as Express's router sets it
    route(request, response, next);
  };
}
