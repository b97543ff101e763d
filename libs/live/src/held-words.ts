import { Injectable } from '@nestjs/common';
import type { HeldWord } from '#libs/contracts';
import { Audit, type MemberActor } from '#libs/identity';
import { Database, fieldRefused, type Reader } from '#libs/platform';
import { defaultWords } from './default-words.js';
import { HeldWordCheck } from './held-words.rules.js';
import { wordText } from './word-text.js';

/** What a moderator sees before anyone else: a bureau's own list, or ours as long as it has none. */
@Injectable()
export class HeldWords {
  /** By organiser: the list as it was read last, and the automaton that was made of it. */
  private readonly checks = new Map<string, { list: string; check: HeldWordCheck }>();

  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
  ) {}

  async list(organiserId: string, reader: Reader = this.database.read): Promise<HeldWord[]> {
    const own = await reader.heldWord.findMany({ where: { organiserId }, orderBy: [{ kind: 'asc' }, { text: 'asc' }], select: { text: true, kind: true } });
    return own.length > 0 ? own : [...defaultWords];
  }

  /** Replaces the bureau's list; an empty one brings ours back. Throws `validationFailed` for a word that is too short to mean anything. */
  async replace(actor: MemberActor, words: readonly HeldWord[]): Promise<HeldWord[]> {
    const organiserId = actor.organisationId;
    const short = words.findIndex(({ text }) => [...wordText(text).text].length < 2);
    if (short >= 0) throw fieldRefused({ field: `words.${short}.text`, zh: '至少两个字，太短会拦住正常的话。', en: 'At least two characters; less would hold honest messages.' });
    await this.database.transaction(async (tx) => {
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`held words ${organiserId}`}, 0))`;
      await tx.heldWord.deleteMany({ where: { organiserId } });
      await tx.heldWord.createMany({ data: words.map(({ text, kind }) => ({ organiserId, text, kind })), skipDuplicates: true });
      await this.audit.write(tx, actor, 'heldWords.replaced', { kind: 'organisation', id: organiserId }, { details: { words: words.length } });
    });
    return this.list(organiserId);
  }

  /** The check of the list as it is now, in every process: it is read each time and built anew only when it has changed. */
  async check(organiserId: string, reader: Reader): Promise<HeldWordCheck> {
    const words = await this.list(organiserId, reader);
    const list = JSON.stringify(words);
    const known = this.checks.get(organiserId);
    if (known?.list === list) return known.check;
    const check = new HeldWordCheck(words);
    this.checks.set(organiserId, { list, check });
    return check;
  }
}
