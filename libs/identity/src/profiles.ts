import { Injectable } from '@nestjs/common';
import type { Actor } from '#libs/contracts';
import { Files, type Tx } from '#libs/platform';
import { Audit } from './audit.js';

/** What an employer with consent may know of a candidate, beside name and phone (those are the vault's). */
export interface ProfileFacts { education: string; experienceYears: number | null; wish: string; cvFileId: string | null }

/** Reading candidates' profiles and CVs, for slices above; who may is theirs to check (consent). */
@Injectable()
export class Profiles {
  constructor(readonly files: Files, readonly audit: Audit) {}

  /** Facts by account id; people without a profile have empty ones. */
  facts(accountIds: Iterable<string>): Promise<Map<string, ProfileFacts>> { throw new Error(`being written ${typeof accountIds}`); }
  /** A CV's bytes for an employer; the look is written to the audit log. Throws `notFound`. */
  openCv(tx: Tx, actor: Actor, accountId: string, fileId: string): ReturnType<Files['read']> { throw new Error(`being written ${typeof [tx, actor, accountId, fileId]}`); }
}
