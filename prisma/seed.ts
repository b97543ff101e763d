/**
 * The demo: one bureau, a dozen employers, a fair that is open now, one that was moved, one online; people who registered,
 * applied and came in. All of it is made by the commands that real people use, so it obeys every rule and is in the log.
 */
import { randomInt, randomUUID } from 'node:crypto';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import type { INestApplicationContext, Type } from '@nestjs/common';
import { DateTime } from 'luxon';
import { Gates, Pairing, Scans, type DeviceActor } from '#libs/attendance';
import { BoothApplicationsService, LeadsService, PlacementService } from '#libs/booths';
import { ClonesService, Fairs, FairsService, TemplatesService, ZonesService } from '#libs/fairs';
import { Licences, LinkUses, Members, OrganisationCommands, Profiles, Vault, type CandidateActor, type MemberActor } from '#libs/identity';
import { ApplicantsService, ApplicationsService, FairJobsService, JobsService } from '#libs/jobs';
import { Database, demoAccountsFile, Settings } from '#libs/platform';
import { Issuing, Registration, TicketCodes } from '#libs/tickets';
import { demoBroadcasts } from './demo/broadcasts.js';
import { employers, waiting, type DemoEmployer } from './demo/employers.js';
import { agenda, boothCounts, bureau, gates, later, online, today, zones } from './demo/hall.js';
import { demoInterviews, station } from './demo/interviews.js';
import { licenceScan } from './demo/licence-scan.js';
import { candidates, eagerness, employerPasses, phoneOf, walkIns } from './demo/people.js';

const zone = 'Asia/Shanghai';
const minute = 60_000;
type Staff = MemberActor;
interface Standing { demo: DemoEmployer; actor: Staff; jobIds: string[] }
type Booths = Record<'A' | 'B' | 'C' | 'D', { id: string }[]>;

/**
 * Fills an empty database. On one that holds the demo already it changes nothing.
 * @param address where the pages are, for the lines
 * @returns what to print: pages and accounts. They are kept in DATA_DIR/demo-accounts.txt, too
 */
export async function seedDemo(app: INestApplicationContext, address: string): Promise<string[]> {
  const get = <T>(type: Type<T>): T => app.get(type, { strict: false });
  const seed = new Seed(get);
  if (await seed.isThere()) return [];
  const lines = await seed.run(address);
  keep(get(Settings).dataDir, lines);
  return lines;
}

class Seed {
  /** Nobody can guess it, also where somebody goes on from the demo to real people. */
  private readonly password = `chunfeng-${randomInt(1e6).toString().padStart(6, '0')}-${randomInt(1e6).toString().padStart(6, '0')}`;

  constructor(private readonly get: <T>(type: Type<T>) => T) {}

  async isThere(): Promise<boolean> {
    return (await this.get(Database).read.organisation.count({ where: { name: bureau.name } })) > 0;
  }

  async run(address: string): Promise<string[]> {
    const [admin, clerk] = await this.bureau();
    const [fairId, standing, people] = await Promise.all([this.hall(admin), this.employers(admin), this.candidates(), this.waiting()]);
    const booths = await this.booths(clerk, fairId);
    const [laterId, onlineId] = await Promise.all([this.laterFair(admin, fairId), this.onlineFair(admin)]);
    await inTurns(6, standing, (each) => this.takePart(clerk, each, { fairId, laterId, onlineId }, booths));
    await this.get(FairsService).changeStatus(admin, fairId, { to: 'open' });
    await Promise.all([this.apply(people, standing, fairId, booths), this.come(clerk, fairId, people), demoBroadcasts(this.get, { fairId, standing, people })]);
    await demoInterviews(this.get, { fairId, standing, people, admin, password: this.password });
    return this.lines(address, fairId);
  }

  private async bureau(): Promise<[Staff, Staff]> {
    const link = await this.get(LinkUses).firstAdministratorLink();
    if (!link) throw new Error('The demo fills an empty database; this one has an administrator.');
    const platform = { role: 'platformAdmin' as const, accountId: (await this.open(link.url, { loginName: 'platform', displayName: '平台管理员（演示）' })).accountId };
    const { id } = await this.get(OrganisationCommands).createOrganiser(platform, bureau);
    await this.get(TemplatesService).ensure(id);
    const staff: Staff[] = [];
    for (const { role, ...person } of bureau.people) {
      const { url } = await this.get(Members).invite(platform, id, role);
      staff.push({ role, organisationId: id, accountId: (await this.open(url, person)).accountId });
    }
    return staff as [Staff, Staff];
  }

  private async open(url: string, person: { loginName: string; displayName: string }): Promise<{ accountId: string }> {
    const { signedIn } = await this.get(LinkUses).use({ token: url.split('/').at(-1) as string, password: this.password, ...person });
    return signedIn.account;
  }

  /** A hall that opened this morning, and is open for some hours more whenever the demo is made. */
  private async hall(admin: Staff): Promise<string> {
    const now = DateTime.now().setZone(zone);
    const nine = now.startOf('day').set({ hour: 9 });
    const starts = DateTime.min(nine, now.minus({ minutes: 90 }).startOf('hour'));
    const ends = DateTime.max(now.startOf('day').set({ hour: 16, minute: 30 }), now.plus({ hours: 7 }).startOf('hour'));
    const { id } = await this.get(FairsService).create(admin, { ...today, channel: 'both', startsAt: iso(starts), endsAt: iso(ends) });
    await this.get(ZonesService).setZones(admin, id, { zones });
    const sessions = agenda.map(({ from, to, ...text }) => ({ ...text, startsAt: iso(starts.plus({ minutes: from })), endsAt: iso(starts.plus({ minutes: to })) }));
    await this.get(ZonesService).setAgenda(admin, id, { sessions });
    const zoneIds = new Map((await this.get(Fairs).zones(id)).map((each) => [each.letter, each.id]));
    for (const { zone: letter, ...gate } of gates) {
      await this.get(Gates).create(admin, id, { ...gate, direction: 'both', zoneId: zoneIds.get(letter ?? '') as string });
    }
    await this.get(FairsService).changeStatus(admin, id, { to: 'published' });
    return id;
  }

  private async employers(reviewer: Staff): Promise<Standing[]> {
    return inTurns(6, employers, async (demo) => {
      const actor = await this.register(demo);
      const { id } = await this.licence(actor, demo.creditCode);
      await this.get(Licences).review(reviewer, id, { approved: true });
      const validUntil = DateTime.now().setZone(zone).plus({ days: 45 }).toISODate() as string;
      const jobs = await this.get(JobsService).enter(actor, demo.jobs.map((job) => ({ ...job, regionCode: demo.regionCode, validUntil })));
      return { demo, actor, jobIds: jobs.map(({ id: jobId }) => jobId) };
    });
  }

  private async waiting(): Promise<void> {
    await this.licence(await this.register(waiting), waiting.creditCode);
  }

  private async register({ name, creditCode, regionCode, about, loginName, contact }: Omit<DemoEmployer, 'zone' | 'jobs'>): Promise<Staff> {
    const request = { name, creditCode, regionCode, about, loginName, displayName: contact, password: this.password };
    const { signedIn } = await this.get(OrganisationCommands).registerEmployer(request, 'the demo');
    return { role: 'employerAdmin', accountId: signedIn.account.accountId, organisationId: signedIn.account.organisation?.id as string };
  }

  private licence(actor: Staff, creditCode: string): Promise<{ id: string }> {
    const expiresOn = DateTime.now().setZone(zone).plus({ years: 3 }).toISODate() as string;
    const scan = { name: '营业执照（演示）.pdf', mediaType: 'application/pdf', bytes: licenceScan(creditCode) };
    return this.get(Licences).submit(actor, actor.organisationId, { number: creditCode, expiresOn }, scan);
  }

  private candidates(): Promise<CandidateActor[]> {
    return inTurns(6, candidates, async ({ name, ...facts }, n) => {
      const accountId = await this.get(Database).transaction(async (tx) => (await this.get(Vault).enrol(tx, phoneOf(n))).accountId);
      await this.get(Profiles).update(accountId, { name, regionCode: '350100', ...facts });
      return { role: 'candidate', accountId };
    });
  }

  private async booths(clerk: Staff, fairId: string): Promise<Booths> {
    const all = await this.get(Fairs).zones(fairId);
    const rows = {} as Booths;
    for (const [letter, count] of Object.entries(boothCounts)) {
      const zoneId = all.find((each) => each.letter === letter)?.id as string;
      rows[letter as keyof Booths] = await this.get(PlacementService).layOut(clerk, fairId, { zoneId, count });
    }
    return rows;
  }

  /** The same hall again, published and then moved by a day because of the weather. */
  private async laterFair(admin: Staff, fairId: string): Promise<string> {
    const day = (inDays: number) => DateTime.now().setZone(zone).startOf('day').plus({ days: inDays });
    const times = (inDays: number) => ({ startsAt: iso(day(inDays).set({ hour: 9 })), endsAt: iso(day(inDays).set({ hour: 16 })) });
    const { id } = await this.get(ClonesService).clone(admin, fairId, { name: later.name, ...times(later.startsInDays) });
    await this.get(FairsService).update(admin, id, { theme: later.theme, description: '' });
    await this.get(FairsService).changeStatus(admin, id, { to: 'published' });
    await this.get(FairsService).reschedule(admin, id, { ...times(later.movedToDays), reason: later.reason });
    return id;
  }

  private async onlineFair(admin: Staff): Promise<string> {
    const starts = DateTime.now().setZone(zone).startOf('day').plus({ days: 1 }).set({ hour: 8 });
    const { id } = await this.get(FairsService).create(admin, { ...online, channel: 'online', approvedNumber: 0, startsAt: iso(starts), endsAt: iso(starts.plus({ days: 7, hours: 10 })) });
    await this.get(FairsService).changeStatus(admin, id, { to: 'published' });
    return id;
  }

  /** Applies for today's fair and stands there; some have applied for the later one and wait; some take part online. */
  private async takePart(clerk: Staff, { demo, actor, jobIds }: Standing, fairs: { fairId: string; laterId: string; onlineId: string }, booths: Booths): Promise<void> {
    const contact = { contactName: demo.contact };
    const applications = this.get(BoothApplicationsService);
    const { id } = await applications.apply(actor, fairs.fairId, { ...contact, wish: '要一个插座' });
    const place = employers.filter((each) => each.zone === demo.zone).indexOf(demo);
    await applications.decide(clerk, id, { approved: true, boothId: booths[demo.zone][place * 2]?.id });
    await this.get(FairJobsService).list(actor, fairs.fairId, { jobIds, listed: true });
    if (place === 1) await applications.apply(actor, fairs.laterId, contact);
    if (place > 0) return;
    const onlineApplication = await applications.apply(actor, fairs.onlineId, contact);
    await applications.decide(clerk, onlineApplication.id, { approved: true });
    await this.get(FairJobsService).list(actor, fairs.onlineId, { jobIds, listed: true });
  }

  private async apply(people: CandidateActor[], standing: Standing[], fairId: string, booths: Booths): Promise<void> {
    const all = standing.flatMap(({ actor, jobIds }) => jobIds.map((jobId) => ({ actor, jobId })));
    await inTurns(6, people, async (person, n) => {
      for (let tap = 0; tap < (eagerness[n] ?? 0); tap++) {
        const { actor, jobId } = all[(n * 7 + tap * 11) % all.length] as (typeof all)[number];
        const source = tap % 3 === 0 ? 'boothQr' : 'page';
        const { id } = await this.get(ApplicationsService).apply(person, { jobId, fairId, source, consent: true, note: tap === 0 ? '随时可以面谈' : '' });
        const mark = (['seen', 'shortlisted', 'hired', 'rejected'] as const)[(n + tap * 5) % 16];
        if (mark) await this.get(ApplicantsService).mark(actor, id, { status: mark });
      }
      if (n % 2 === 1) return;
      const letter = (['A', 'B', 'C', 'D'] as const)[(n / 2) % 4] as keyof Booths;
      await this.get(LeadsService).leave(person, booths[letter][0]?.id as string, { consent: true, note: n % 3 === 0 ? '想了解住宿' : '' });
    });
  }

  /** People register, and come in by the doors during the last hour; some have left again. */
  private async come(clerk: Staff, fairId: string, people: CandidateActor[]): Promise<void> {
    const devices = await inTurns(6, await this.get(Gates).ofFair(fairId), (gate) => this.device(clerk, gate.id));
    const doors = devices.filter(({ name }) => name.endsWith('号门'));
    const entrances = devices.filter(({ name }) => !name.endsWith('号门'));
    const registered = await inTurns(6, people, ({ accountId }) => this.get(Registration).register(accountId, fairId));
    const waiting = await inTurns(6, Array.from({ length: walkIns }), () => this.get(Issuing).walkIn(clerk, fairId, randomUUID(), []));
    const passes = await this.get(Issuing).passes(clerk, fairId, { kind: 'employer', count: employerPasses, zoneIds: [] });
    const sign = await this.get(TicketCodes).signer();
    const codes = [...passes, ...registered.slice(0, 11), ...waiting].map(sign);
    const came = (n: number, after = 0) => new Date(Date.now() - (58 - Math.round((n / codes.length) * 55) - after) * minute);
    const scan = (device: Device, code: string, direction: 'entry' | 'exit', at: Date) =>
      this.get(Scans).scan(device.actor, { id: randomUUID(), direction, code, happenedAt: new Date(Math.min(at.getTime(), Date.now())).toISOString() });
    const pick = <T>(list: readonly T[], n: number): T => list[n % list.length] as T;
    // Each round waits for the one before: a person passes the door first, then a zone, then perhaps the door again.
    await Promise.all(codes.map((code, n) => scan(pick(doors, n * 7 + (n % 5)), code, 'entry', came(n))));
    await Promise.all(codes.map((code, n) => scan(pick(entrances, n * 3 + (n % 4)), code, 'entry', came(n, 1))));
    const leaving = codes.filter((_, n) => n % 6 === 2);
    await Promise.all(leaving.map((code, n) => scan(pick(doors, n), code, 'exit', came(n * 6, 14))));
    await Promise.all(leaving.slice(0, 3).concat('20715530').map((code, n) => scan(pick(doors, n), n === 0 ? `${code}x` : code, 'exit', new Date())));
    // The demo's phones were in nobody's hand: as long as they stand in the list, each gate says that it has been silent.
    await this.get(Database).transaction((tx) => tx.device.deleteMany({ where: { fairId } }));
  }

  private async device(clerk: Staff, gateId: string): Promise<Device> {
    const { code } = await this.get(Pairing).makeCode(clerk, gateId);
    const { device } = await this.get(Pairing).pair({ code, name: '演示手机' });
    return { name: device.gate.name, actor: { role: 'gateDevice', deviceId: device.deviceId, fairId: device.fair.id, gateId } };
  }

  private lines(address: string, fairId: string): string[] {
    const accounts = [...bureau.people, ...employers.slice(0, 2)].map(({ loginName }) => loginName);
    return [
      '演示数据已经放好 The demo fair is ready:',
      `  求职者 Candidates:  ${address}/`,
      `  工作台 Console:     ${address}/console   （组织方 organiser: ${accounts.slice(0, 2).join(', ')}；企业 employers: ${accounts.slice(2).join(', ')}, …；驿站 station: ${station.loginName}；平台 platform: platform）`,
      `  门岗 Gates:         ${address}/gate      （配对码在工作台“分区与闸门”里拿 pairing codes are made in the console）`,
      `  大屏 Wall:          ${address}/screen/${fairId}`,
      `  密码 Password:      ${this.password}`,
      `  求职者手机 Candidates’ phones: ${phoneOf(0).slice(3)} … ${phoneOf(candidates.length - 1).slice(3)}，验证码看日志 codes stand in the log`,
    ];
  }
}

interface Device { name: string; actor: DeviceActor }

const iso = (at: DateTime): string => at.toUTC().toISO() as string;

/** Does `work` for each, at most `width` at a time, so that the pool of connections is left to others; results in order. */
async function inTurns<T, R>(width: number, items: readonly T[], work: (item: T, n: number) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  await Promise.all(Array.from({ length: width }, async () => {
    for (let n = next++; n < items.length; n = next++) results[n] = await work(items[n] as T, n);
  }));
  return results;
}

function keep(dataDir: string, lines: readonly string[]): void {
  mkdirSync(dataDir, { recursive: true });
  const file = demoAccountsFile(dataDir);
  writeFileSync(file, `${lines.join('\n')}\n`, { mode: 0o600 });
  chmodSync(file, 0o600); // also when an older one was there
}
