import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Inject, Injectable } from '@nestjs/common';
import type { FairSummary, FirstPage, FirstView, ViewChoice } from '#libs/contracts';
import { Log } from '#libs/platform';
import { builtPages } from './web-files.js';

/** Where the phone's first page comes from; a spec gives its own. */
export const FIRST_PAGE = Symbol('loads the first page that apps/web built for the server');
const built = path.join(builtPages, '.server', 'first-page.js');

/** Null when the pages are not built. */
export async function builtFirstPage(): Promise<FirstPage | null> {
  if (!existsSync(built)) return null;
  return ((await import(pathToFileURL(built).href)) as { default: FirstPage }).default;
}

/** Writes the phone's first page. It is loaded when it is first asked for; without it the browser makes the page alone. */
@Injectable()
export class FirstPages {
  private loading: Promise<FirstPage | null> | undefined;
  /** Written pages, as long as their view is the present one. */
  private readonly written = new WeakMap<FirstView, Map<string, Promise<string | null>>>();

  constructor(
    @Inject(FIRST_PAGE) private readonly load: () => Promise<FirstPage | null>,
    private readonly log: Log,
  ) {}

  async fairOfTheDay(view: Pick<FirstView, 'at' | 'fairs'>): Promise<FairSummary | null> {
    return (await this.page())?.fairOfTheDay(view) ?? null;
  }

  /** @returns the content of the page, or null when the browser must make it */
  write(view: FirstView, choice: ViewChoice): Promise<string | null> {
    const forms = this.written.get(view) ?? new Map<string, Promise<string | null>>();
    this.written.set(view, forms);
    const form = `${choice.language} ${choice.largeText}`;
    const content = forms.get(form) ?? this.writeNow(view, choice);
    forms.set(form, content);
    return content;
  }

  private async writeNow(view: FirstView, choice: ViewChoice): Promise<string | null> {
    try {
      return (await (await this.page())?.render(view, choice)) ?? null;
    } catch (error) {
      this.log.error({ err: error }, 'The first page could not be written; the browser makes it');
      return null;
    }
  }

  private page(): Promise<FirstPage | null> {
    this.loading ??= this.load().catch((error: unknown) => {
      this.log.error({ err: error }, 'The first page cannot be loaded; browsers make it themselves');
      return null;
    });
    return this.loading;
  }
}
