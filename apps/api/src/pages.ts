import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { Express, NextFunction, Request, Response } from 'express';
import { DomainError, Log } from '#libs/platform';
import { FirstPages } from './first-pages.js';
import { withHead, withoutHead, type PageHead } from './page-head.js';
import { PageHeads, type FoundHead } from './page-heads.js';
import { choiceOf, withView } from './page-view.js';
import { WebFiles } from './web-files.js';

/** Each surface is one HTML file; the browser finds the page in it. */
const surfaces: [RegExp, string][] = [
  [/^\/console(\/|$)/, 'console.html'],
  [/^\/gate(\/|$)/, 'gate.html'],
  [/^\/screen(\/|$)/, 'screen.html'],
];
const PHONE = 'index.html';
/** The bare pages, under the names by which service workers keep them (apps/web/vite.config.ts). */
const shells = /^\/((?:index|gate)\.html)$/;
/** Where the phone has pages; elsewhere its page says that there is nothing, with 404. */
const phonePages = /^\/(?:$|(?:fairs|jobs|booths|b|live|tickets|me|link)(?:\/|$))/;
/** Lazy parts that a page is sure to open: they come beside its first script, not after it. A broadcast plays at once. */
const sure: [RegExp, string[]][] = [
  [/^\/live\//, ['src/phone/pages/LiveRoom.vue', 'src/phone/state/live-words.ts', 'src/media/webrtc.ts']],
];
/** Served by others, or by nobody. */
const notPages = /^\/(?:api|socket\.io|healthz|readyz|metrics)(?:\/|$)/;

/** Serves the pages to browsers. Express, not Nest: it answers for every path that nobody else does. */
@Injectable()
export class Pages implements OnModuleInit {
  constructor(
    private readonly host: HttpAdapterHost,
    private readonly files: WebFiles,
    private readonly heads: PageHeads,
    private readonly firstPages: FirstPages,
    private readonly log: Log,
  ) {}

  onModuleInit(): void {
    const http = this.host.httpAdapter?.getInstance() as Express | undefined;
    http?.use((request: Request, response: Response, next: NextFunction) => {
      this.serve(request, response, next).catch(next);
    });
  }

  private async serve(request: Request, response: Response, next: NextFunction): Promise<void> {
    const path = decoded(request.path);
    if (path !== null && notPages.test(path)) return next();
    if (request.method !== 'GET' && request.method !== 'HEAD') throw new DomainError('methodNotAllowed');
    if (path !== null && this.files.send(request, response, path)) return;
    const shell = path === null ? undefined : shells.exec(path)?.[1];
    const name = shell ?? surfaces.find(([pattern]) => pattern.test(path ?? ''))?.[1] ?? PHONE;
    const page = this.files.page(name);
    // A file that there is not, a path that is none, or no pages at all.
    if (path === null || page === null || (!shell && /\.\w+$/.test(path))) throw new DomainError('notFound');
    const head = name === PHONE && !shell ? await this.head(path) : null;
    const missing = head === 'missing' || (name === PHONE && !shell && !phonePages.test(path));
    response.status(missing ? 404 : 200).type('html').setHeader('Cache-Control', 'no-cache');
    if (head === null || head === 'missing') response.send(withoutHead(page, missing || !!shell));
    else response.send(await this.withContent(request, response, withHead(page, head, this.links(path)), head));
  }

  private links(path: string): string {
    const sources = sure.find(([pattern]) => pattern.test(path))?.[1];
    return sources ? this.files.links(PHONE, sources) : '';
  }

  /** The page with what it shows first already in it, where there is such a thing. */
  private async withContent(request: Request, response: Response, page: string, { first }: PageHead): Promise<string> {
    if (!first) return page;
    response.vary('Cookie');
    const choice = choiceOf(request.headers.cookie, request.query.lang);
    const content = await this.firstPages.write(first, choice);
    return content === null ? page : withView(page, { content, choice, styles: this.files.styles(PHONE) });
  }

  /** A page is shown even when nothing can be said of it beforehand. */
  private async head(path: string): Promise<FoundHead> {
    try {
      return await this.heads.of(path.replace(/(?<=.)\/$/, ''));
    } catch (error) {
      this.log.error({ err: error, path }, 'The head of a page could not be made; the page is served without');
      return null;
    }
  }
}

/** Null for a path that is not well formed. */
function decoded(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}
