/** People and organisations for specs, made by the commands that real ones use. */
import { randomBytes, randomInt } from 'node:crypto';
import type { SignedIn } from '../../libs/contracts/src/index.js';
import {
  IdentityModule, Licences, LinkUses, Members, OrganisationCommands, SignIns, Vault, type CandidateActor, type MemberActor,
} from '../../libs/identity/src/index.js';
import { Database, type Settings } from '../../libs/platform/src/index.js';
import type { ModuleMetadata } from '@nestjs/common';
import { testModule, type TestModule } from './module.js';
import { creditCode, onePixelPng } from './world.js';

export const goodPassword = 'spring-wind-2026';
const letters = () => randomBytes(4).toString('hex');

export type PlatformAdmin = { role: 'platformAdmin'; accountId: string };

export interface People extends TestModule {
  platform: PlatformAdmin;
  /** A bureau with its first administrator. */
  bureau(regionCode?: string): Promise<MemberActor>;
  /** Another member of the same organisation. */
  colleague(admin: MemberActor, role: MemberActor['role']): Promise<MemberActor>;
  employer(regionCode?: string, name?: string): Promise<MemberActor>;
  verify(employer: MemberActor, expiresOn?: string): Promise<string>;
  candidate(phone?: string, name?: string): Promise<CandidateActor & { phone: string }>;
}

export const newPhone = () => `+8613${randomInt(1e9).toString().padStart(9, '0')}`;

/** A module with identity over a database of its own, and the people to fill it with. */
export async function people(metadata: ModuleMetadata = {}, settings: Partial<Settings> = {}): Promise<People> {
  const testing = await testModule({ ...metadata, imports: [IdentityModule, ...(metadata.imports ?? [])] }, settings);
  const get = testing.module.get.bind(testing.module);
  const join = async (url: string) =>
    memberOf((await get(LinkUses).use({ token: url.split('/').at(-1)!, password: goodPassword, loginName: `u-${letters()}`, displayName: '林小满' })).signedIn);
  const link = (await get(LinkUses).firstAdministratorLink())!;
  const first = await get(LinkUses).use({ token: link.url.split('/').at(-1)!, password: goodPassword, loginName: 'platform', displayName: '平台' });
  const platform: PlatformAdmin = { role: 'platformAdmin', accountId: first.signedIn.account.accountId };

  const made: People = {
    ...testing,
    platform,
    bureau: async (regionCode = '350100') => {
      const { id } = await get(OrganisationCommands).createOrganiser(platform, { name: `人社局 ${letters()}`, regionCode, department: '人社' });
      return join((await get(Members).invite(platform, id, 'organiserAdmin')).url);
    },
    colleague: async (admin, role) => join((await get(Members).invite(admin, admin.organisationId, role)).url),
    employer: async (regionCode = '350100', name = `海峤精密 ${letters()}`) => {
      const request = { name, creditCode: creditCode(), regionCode, about: '', loginName: `e-${letters()}`, password: goodPassword, displayName: '林人事' };
      return memberOf((await get(OrganisationCommands).registerEmployer(request, '127.0.0.1')).signedIn);
    },
    verify: async (employer, expiresOn = '2099-12-31') => {
      const scan = { name: '营业执照.png', mediaType: 'image/png', bytes: onePixelPng };
      const { id } = await get(Licences).submit(employer, employer.organisationId, { number: `YZ${letters()}`, expiresOn }, scan);
      await get(Licences).review(platform, id, { approved: true });
      return id;
    },
    candidate: async (phone = newPhone(), name = '') => {
      const accountId = await get(Database).transaction(async (tx) => {
        const { accountId } = await get(Vault).enrol(tx, phone);
        if (name) await get(Vault).setName(tx, accountId, name);
        await get(SignIns).admit(tx, accountId);
        return accountId;
      });
      return { role: 'candidate', accountId, phone };
    },
  };
  return made;
}

function memberOf({ account }: SignedIn): MemberActor {
  return { role: account.role as MemberActor['role'], accountId: account.accountId, organisationId: account.organisation!.id };
}
