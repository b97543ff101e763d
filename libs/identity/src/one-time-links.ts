import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { LinkInfo, MadeLink } from '#libs/contracts';
import { Database, DomainError, newId, Seal, Settings, type Prisma, type Tx } from '#libs/platform';

/** Days that a link is good for. */
export const linkDays = { invitation: 7, passwordReset: 1, firstAdministrator: 7 } as const;

export interface NewLink extends Pick<Prisma.OneTimeLinkUncheckedCreateInput, 'organisationId' | 'role' | 'accountId' | 'createdById'> {
  purpose: keyof typeof linkDays;
}

/** Links that are good once. Only their hash is kept. */
@Injectable()
export class OneTimeLinks {
  constructor(private readonly database: Database, private readonly seal: Seal, private readonly settings: Settings) {}

  /** The address that its receiver opens; nobody can make it again. */
  async make(tx: Tx, link: NewLink): Promise<MadeLink> {
    const token = randomBytes(32).toString('base64url');
    const expiresAt = new Date(Date.now() + linkDays[link.purpose] * 86_400_000);
    await tx.oneTimeLink.create({ data: { id: newId(), tokenHash: this.hash(token), expiresAt, ...link } });
    return { url: `${this.address()}/console/link/${token}`, expiresAt: expiresAt.toISOString() };
  }

  /** What a link is for, without using it. Throws `linkInvalid`. */
  async look(token: string): Promise<LinkInfo> {
    const { read } = this.database;
    const link = await read.oneTimeLink.findUnique({ where: { tokenHash: this.hash(token) } });
    if (!link || link.usedAt || link.expiresAt <= new Date()) throw new DomainError('linkInvalid');
    const [organisation, account] = await Promise.all([
      link.organisationId ? read.organisation.findUnique({ where: { id: link.organisationId }, select: { name: true } }) : null,
      link.accountId ? read.account.findUnique({ where: { id: link.accountId }, select: { loginName: true } }) : null,
    ]);
    return {
      purpose: link.purpose, organisationName: organisation?.name ?? null, role: link.role, loginName: account?.loginName ?? null,
      expiresAt: link.expiresAt.toISOString(),
    };
  }

  /** Takes the link for good; of two at once one waits, and is refused once the other has committed. Throws `linkInvalid`. */
  async take(tx: Tx, token: string) {
    const [link] = await tx.oneTimeLink.updateManyAndReturn({
      where: { tokenHash: this.hash(token), usedAt: null, expiresAt: { gt: new Date() } },
      data: { usedAt: new Date() },
    });
    if (!link) throw new DomainError('linkInvalid');
    return link;
  }

  private hash(token: string): string {
    return this.seal.hash(`one-time link:${token}`);
  }

  private address(): string {
    return (this.settings.publicUrl ?? this.settings.addresses[0] ?? `http://localhost:${this.settings.port}`).replace(/\/+$/, '');
  }
}
