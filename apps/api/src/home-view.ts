import { Injectable } from '@nestjs/common';
import type { FairSummary, FirstView } from '#libs/contracts';
import { FairList } from '#libs/fairs';
import { Regions } from '#libs/identity';
import { Dashboard } from '#libs/insights';
import { JobSearch, JobViews } from '#libs/jobs';
import { Log } from '#libs/platform';
import { FirstPages } from './first-pages.js';

/** As many as the phone's first page asks for. */
const FIRST_FAIRS = 20;
const FIRST_JOBS = 5;
/** A hall opens this page at once: what was read is good for a second. Milliseconds. */
const KEPT = 1_000;
const MINUTE = 60_000;

/** What the phone's first page shows, so that it need not ask: on a weak line each question waits half a second. */
@Injectable()
export class HomeView {
  private kept: { until: number; view: Promise<FirstView> } | undefined;

  constructor(
    private readonly fairs: FairList,
    private readonly jobs: JobSearch,
    private readonly jobViews: JobViews,
    private readonly regions: Regions,
    private readonly dashboard: Dashboard,
    private readonly pages: FirstPages,
    private readonly log: Log,
  ) {}

  /** The same object for all who ask within a second. */
  read(): Promise<FirstView> {
    if (!this.kept || this.kept.until < Date.now()) {
      const kept = { until: Date.now() + KEPT, view: this.readNow() };
      kept.view.catch(() => { if (this.kept === kept) this.kept = undefined; });
      this.kept = kept;
    }
    return this.kept.view;
  }

  private async readNow(): Promise<FirstView> {
    // To the minute: within it a browser that has the page is told so (304), unless somebody walks in.
    const at = new Date(Math.floor(Date.now() / MINUTE) * MINUTE).toISOString();
    const view = { at, fairs: await this.fairs.everybody({ limit: FIRST_FAIRS }) };
    const fair = await this.pages.fairOfTheDay(view);
    const [near, crowd] = await Promise.all([this.orNothing(this.near(fair)), this.orNothing(this.crowd(fair))]);
    return { ...view, ...(near && { near }), ...(crowd && { crowd }) };
  }

  /** The browser asks for what is missing. */
  private orNothing<T>(part: Promise<T>): Promise<T | undefined> {
    return part.catch((error: unknown) => {
      this.log.error({ err: error }, 'A part of the first page could not be read; it is served without');
      return undefined;
    });
  }

  private async near(fair: FairSummary | null): Promise<FirstView['near']> {
    const regionCode = fair?.regionCode || null;
    const path = regionCode === null ? [] : this.regions.path(regionCode);
    const close = regionCode === null ? [] : (await this.jobs.find({ regionCode, limit: FIRST_JOBS })).items;
    const items = close.length > 0 ? close : (await this.jobs.find({ limit: FIRST_JOBS })).items;
    const regionName = path.length > 1 ? path.slice(1).join('') : path.join('');
    return { regionCode, regionName, here: close.length > 0, jobs: await this.jobViews.jobs(items) };
  }

  /** While it is on, for a fair that has a hall. */
  private async crowd(fair: FairSummary | null): Promise<FirstView['crowd']> {
    if (fair?.status !== 'open' || fair.channel === 'online' || Date.parse(fair.startsAt) > Date.now()) return undefined;
    return { madeAt: new Date().toISOString(), snapshot: (await this.dashboard.crowd(fair.id)).data };
  }
}
