import { Injectable } from '@nestjs/common';
import type { Job } from '#libs/contracts';
import { Booths } from '#libs/booths';
import { Fairs, isPublic, origin, type FairRow } from '#libs/fairs';
import { Organisations, Regions } from '#libs/identity';
import { Jobs, JobViews } from '#libs/jobs';
import { Broadcasts } from '#libs/live';
import { DomainError, Settings } from '#libs/platform';
import { HomeView } from './home-view.js';
import type { PageHead } from './page-head.js';
import { boothData, broadcastData, eventData, fairSummary, jobData, type PagePlace, type StructuredData } from './structured-data.js';

/** 'missing': there is no such thing, or not for the public; null: the page needs no head of its own. */
export type FoundHead = PageHead | 'missing' | null;

const ID = '([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})';
const units: Record<Job['payUnit'], string> = { month: '元/月', day: '元/天', hour: '元/小时', piece: '元/件' };

/** The heads of public pages, from what the slices show to anyone. */
@Injectable()
export class PageHeads {
  private readonly rules: [RegExp, (id: string) => Promise<FoundHead>][] = [
    [/^\/$/, () => this.home()],
    [new RegExp(`^/fairs/${ID}(?:/plan)?$`), (id) => this.fair(id)],
    [new RegExp(`^/jobs/${ID}$`), (id) => this.job(id)],
    [new RegExp(`^/booths/${ID}$`), (id) => this.booth(id)],
    [new RegExp(`^/live/${ID}$`), (id) => this.live(id)],
    [/^\/(?:fairs|jobs|booths|live)\/./, async () => 'missing'],
  ];

  constructor(
    private readonly fairs: Fairs,
    private readonly homeView: HomeView,
    private readonly jobs: Jobs,
    private readonly jobViews: JobViews,
    private readonly booths: Booths,
    private readonly broadcasts: Broadcasts,
    private readonly organisations: Organisations,
    private readonly regions: Regions,
    private readonly settings: Settings,
  ) {}

  /** @param path of the page, decoded, without a query */
  async of(path: string): Promise<FoundHead> {
    for (const [pattern, find] of this.rules) {
      const found = pattern.exec(path);
      if (found) return find((found[1] ?? '').toLowerCase()).catch(missing);
    }
    return null;
  }

  /** The first page says which fair comes next, and brings what it shows. */
  private async home(): Promise<FoundHead> {
    const first = await this.homeView.read();
    const next = first.fairs.items.find(({ status, endsAt }) => (status === 'open' || status === 'published') && Date.parse(endsAt) > Date.now());
    return {
      title: '春风·招聘会', description: next ? `${next.name}·${next.venueName || '线上'}` : '找岗位，打零工，领招聘会入场码。', ...this.place('/'), data: null, first,
    };
  }

  private async fair(id: string): Promise<FoundHead> {
    const fair = await this.fairs.get(id);
    if (!fair || !isPublic(fair)) return 'missing';
    const place = this.place(`/fairs/${id}`);
    return { title: fair.name, description: fairSummary(fair), ...place, data: await this.event(fair) };
  }

  private async job(id: string): Promise<FoundHead> {
    const row = await this.jobs.get(id);
    if (!row || !(await this.jobs.isShown(row))) return 'missing';
    const job = await this.jobViews.job(row);
    const place = this.place(`/jobs/${id}`);
    const pay = `${job.payMin.toLocaleString('en')}–${job.payMax.toLocaleString('en')} ${units[job.payUnit]}`;
    return {
      title: `${job.title}·${pay}`, description: [job.organisationName, job.place, `招 ${job.headCount} 人`, job.payTerms, job.content].filter(Boolean).join('·'),
      ...place, data: jobData(job, this.regions.path(job.regionCode), place),
    };
  }

  private async booth(id: string): Promise<FoundHead> {
    const booth = await this.booths.require(id);
    const fair = await this.fairs.require(booth.fairId);
    if (booth.organisationId === null || !isPublic(fair)) return 'missing';
    const employer = await this.organisations.get(booth.organisationId);
    const shown = { title: `${employer.name}·${booth.number} 展位`, description: [fair.name, fairSummary(fair), employer.about].filter(Boolean).join('·') };
    const place = this.place(`/booths/${id}`);
    return { ...shown, ...place, data: boothData(await this.event(fair), { ...shown, employer: employer.name }, place) };
  }

  /** A broadcast, with the picture that its employer gave it. */
  private async live(id: string): Promise<FoundHead> {
    const { broadcast, fair } = await this.broadcasts.requireVisible({ role: 'anyone' }, id);
    const employer = (await this.organisations.names([broadcast.organisationId])).get(broadcast.organisationId) ?? '';
    const place = this.place(`/live/${id}`);
    const cover = broadcast.coverFileId && `${origin(this.settings)}/api/broadcasts/${id}/cover?file=${broadcast.coverFileId}`;
    const shown = { ...place, ...(cover && { image: cover }) };
    return { title: `${broadcast.title}·${employer}`, description: `${fair.name}·${fairSummary(fair)}`, ...shown, data: broadcastData(broadcast, employer, fair, shown) };
  }

  /** What the fair is, for programs. */
  private async event(fair: FairRow): Promise<StructuredData> {
    const organiser = (await this.organisations.names([fair.organiserId])).get(fair.organiserId) ?? '';
    return eventData(fair, organiser, this.regions.path(fair.regionCode), this.place(`/fairs/${fair.id}`));
  }

  private place(path: string): PagePlace {
    const base = origin(this.settings);
    return { url: `${base}${path}`, image: `${base}/share.png` };
  }
}

function missing(error: unknown): 'missing' {
  if (error instanceof DomainError && error.code === 'notFound') return 'missing';
  throw error;
}
