import { people, type People } from '../../../test/support/identity.js';
import { AccessTokens } from './access-tokens.js';
import { AuditLog } from './audit-log.js';
import { Members } from './members.js';
import { OrganisationCommands } from './organisation-commands.js';
import { SignIns } from './sign-ins.js';

describe('members', () => {
  let testing: People;
  let members: Members;
  beforeAll(async () => {
    testing = await people();
    members = testing.module.get(Members);
  }, 60_000);
  afterAll(() => testing?.close());

  it('are an organisation’s own: to another it does not exist', async () => {
    const [one, other, bureau] = [await testing.employer(), await testing.employer(), await testing.bureau()];
    for (const stranger of [other, bureau]) {
      await expect(members.list(stranger, one.organisationId)).rejects.toMatchObject({ code: 'notFound' });
      await expect(members.invite(stranger, one.organisationId, 'recruiter')).rejects.toMatchObject({ code: 'notFound' });
      await expect(members.remove(stranger, one.organisationId, one.accountId)).rejects.toMatchObject({ code: 'notFound' });
      await expect(members.resetPassword(stranger, one.organisationId, one.accountId)).rejects.toMatchObject({ code: 'notFound' });
      await expect(testing.module.get(AuditLog).of(stranger, one.organisationId, {})).rejects.toMatchObject({ code: 'notFound' });
    }
    await expect(members.remove(one, one.organisationId, other.accountId)).rejects.toMatchObject({ code: 'notFound' });
    await expect(members.resetPassword(one, one.organisationId, other.accountId)).rejects.toMatchObject({ code: 'notFound' });
    expect((await members.list(one, one.organisationId)).map(({ accountId }) => accountId)).toEqual([one.accountId]);
  });

  it('have the roles of their kind of organisation', async () => {
    const [employer, bureau] = [await testing.employer(), await testing.bureau()];
    await expect(members.invite(employer, employer.organisationId, 'organiserAdmin')).rejects.toMatchObject({ code: 'validationFailed' });
    await expect(members.invite(bureau, bureau.organisationId, 'recruiter')).rejects.toMatchObject({ code: 'validationFailed' });
    await expect(members.invite(testing.platform, employer.organisationId, 'organiserStaff')).rejects.toMatchObject({ code: 'validationFailed' });
  });

  it('of a station are invited by the bureaus of its province', async () => {
    const [bureau, neighbour, far] = [await testing.bureau('350100'), await testing.bureau('350200'), await testing.bureau('440100')];
    const commands = testing.module.get(OrganisationCommands);
    await expect(commands.createStation(far, { name: '澜溪村就业驿站', regionCode: '350100' })).rejects.toMatchObject({ code: 'validationFailed' });
    const station = await commands.createStation(bureau, { name: '澜溪村就业驿站', regionCode: '350122' });
    expect(station).toMatchObject({ kind: 'station', name: '澜溪村就业驿站', verified: null });
    const home = { role: 'stationClerk' as const, accountId: bureau.accountId, organisationId: station.id };
    const clerk = await testing.colleague({ ...bureau, organisationId: station.id, role: 'stationClerk' }, 'stationClerk').catch((error: unknown) => error);
    expect(clerk).toMatchObject({ code: 'forbidden' }); // a clerk invites nobody
    await expect(members.invite(bureau, station.id, 'organiserStaff')).rejects.toMatchObject({ code: 'validationFailed' });
    await expect(members.invite(far, station.id, 'stationClerk')).rejects.toMatchObject({ code: 'notFound' });
    await expect(members.invite(await testing.colleague(bureau, 'organiserStaff'), station.id, 'stationClerk')).rejects.toMatchObject({ code: 'forbidden' });
    const { url } = await members.invite(neighbour, station.id, 'stationClerk');
    expect(url).toContain('/console/link/');
    expect(await members.list(bureau, station.id)).toEqual([]);
    await expect(members.list(home, station.id)).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('lose their sign-in when they are removed, and the log of events and the book say so', async () => {
    const employer = await testing.employer();
    const recruiter = await testing.colleague(employer, 'recruiter');
    const { refresh } = await testing.database.transaction((tx) => testing.module.get(SignIns).admit(tx, recruiter.accountId));
    await members.remove(employer, employer.organisationId, recruiter.accountId);
    await expect(testing.module.get(SignIns).refresh(refresh.token)).rejects.toMatchObject({ code: 'unauthenticated' });
    await expect(testing.database.transaction((tx) => testing.module.get(SignIns).admit(tx, recruiter.accountId))).rejects.toMatchObject({ code: 'accountDisabled' });
    const events = await testing.database.read.event.findMany({ where: { scopeId: employer.organisationId }, orderBy: { seq: 'asc' } });
    expect(events.map(({ type }) => type)).toEqual(['organisation.registered', 'member.joined', 'member.joined', 'member.removed']);
    const book = await testing.module.get(AuditLog).of(employer, employer.organisationId, { limit: 2 });
    expect(book.items.map(({ action, actorName, subjectName }) => [action, actorName, subjectName])).toEqual([['member.removed', '林人事', '林小满'], ['member.joined', '林小满', null]]);
    const rest = await testing.module.get(AuditLog).of(employer, employer.organisationId, { after: book.next! });
    expect(rest.items.map(({ action }) => action)).toEqual(['member.invited', 'organisation.registered']);
    expect(rest.next).toBeNull();
  });

  it('lose their access at once when they are disabled, and have it again when they are let in', async () => {
    const employer = await testing.employer();
    const recruiter = await testing.colleague(employer, 'recruiter');
    const [tokens, signIns] = [testing.module.get(AccessTokens), testing.module.get(SignIns)];
    const admit = () => testing.database.transaction((tx) => signIns.admit(tx, recruiter.accountId));
    const { refresh } = await admit();
    const token = await tokens.issue(recruiter);
    const set = (disabled: boolean, actor = employer, accountId = recruiter.accountId) => members.setDisabled(actor, employer.organisationId, accountId, disabled);
    expect(await tokens.actor(token)).toEqual(recruiter);
    expect([await set(true), await set(true)].map(({ disabled }) => disabled)).toEqual([true, true]);
    await expect(tokens.actor(token)).rejects.toMatchObject({ code: 'tokenExpired' });
    await expect(signIns.refresh(refresh.token)).rejects.toMatchObject({ code: 'unauthenticated' });
    await expect(admit()).rejects.toMatchObject({ code: 'accountDisabled' });
    await set(false);
    await expect(tokens.actor(token)).rejects.toMatchObject({ code: 'tokenExpired' }); // an old token stays dead: they sign in again
    expect(await tokens.actor(await tokens.issue(recruiter))).toEqual(recruiter);
    await admit();
    const events = await testing.database.read.event.findMany({ where: { type: 'member.statusChanged', scopeId: employer.organisationId }, orderBy: { seq: 'asc' } });
    expect(events.map(({ data }) => data)).toEqual([true, false].map((disabled) => ({ organisationId: employer.organisationId, accountId: recruiter.accountId, disabled })));
    await expect(set(true, employer, employer.accountId)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(set(true, recruiter, employer.accountId)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(set(true, await testing.employer())).rejects.toMatchObject({ code: 'notFound' });
  });

  it('lose it when they are removed, change role or their organisation is suspended, too', async () => {
    const employer = await testing.employer();
    const [one, two] = [await testing.colleague(employer, 'recruiter'), await testing.colleague(employer, 'recruiter')];
    const tokens = testing.module.get(AccessTokens);
    const [ofOne, ofTwo] = [await tokens.issue(one), await tokens.issue(two)];
    await members.remove(employer, employer.organisationId, one.accountId);
    await expect(tokens.actor(ofOne)).rejects.toMatchObject({ code: 'tokenExpired' });
    await testing.database.read.membership.updateMany({ where: { accountId: two.accountId }, data: { role: 'employerAdmin' } });
    await expect(tokens.actor(ofTwo)).rejects.toMatchObject({ code: 'tokenExpired' });
    await testing.module.get(OrganisationCommands).setStatus(testing.platform, employer.organisationId, { status: 'suspended', reason: '收押金' });
    await expect(tokens.actor(await tokens.issue(employer))).rejects.toMatchObject({ code: 'tokenExpired' });
  });

  it('keep one administrator when two remove each other at once', async () => {
    const one = await testing.employer();
    const two = await testing.colleague(one, 'employerAdmin');
    await expect(members.remove(one, one.organisationId, one.accountId)).rejects.toMatchObject({ code: 'forbidden' });
    await Promise.allSettled([members.remove(one, one.organisationId, two.accountId), members.remove(two, one.organisationId, one.accountId)]);
    expect(await testing.database.read.membership.count({ where: { organisationId: one.organisationId } })).toBe(1);
  });

  it('are named to each other, as far as they can sign in', async () => {
    const employer = await testing.employer();
    const [one, two] = [await testing.colleague(employer, 'recruiter'), await testing.colleague(employer, 'recruiter')];
    await members.setDisabled(employer, employer.organisationId, two.accountId, true);
    expect((await members.colleagues(employer.organisationId)).map(({ accountId }) => accountId)).toEqual([employer.accountId, one.accountId]);
  });

  it('do not include whoever holds an old token', async () => {
    const one = await testing.employer();
    const two = await testing.colleague(one, 'employerAdmin');
    await members.remove(one, one.organisationId, two.accountId);
    await expect(members.invite(two, one.organisationId, 'recruiter')).rejects.toMatchObject({ code: 'forbidden' });
  });
});
