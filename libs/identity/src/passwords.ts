import { Injectable } from '@nestjs/common';
import { hash, verify, type Options } from '@node-rs/argon2';
import { DomainError } from '#libs/platform';
import { commonPasswords } from './common-passwords.js';

export const minPasswordLength = 10;
export const maxPasswordLength = 128;

/**
 * argon2id with 19 MiB, two passes, one lane: the least that OWASP advises (Password Storage Cheat Sheet, "Argon2id",
 * https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html). argon2id is the library's default.
 */
const cost: Options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Hashing and judging passwords. */
@Injectable()
export class Passwords {
  /** A hash of nothing that anybody knows: what an unknown account is compared with, so that it takes the same time. */
  private readonly decoy = hash(crypto.randomUUID(), cost);

  /** Throws `passwordTooWeak`: short, common, of too few characters, a run, or made of the account's name. */
  check(password: string, loginName: string): void {
    if (isWeak(normal(password), loginName)) throw new DomainError('passwordTooWeak');
  }

  /** A PHC string. The same password gives another one each time. */
  hash(password: string): Promise<string> {
    return hash(normal(password), cost);
  }

  /** Whether it is the password of this hash; with no hash the same work is done, and the answer is no. */
  async matches(passwordHash: string | null | undefined, password: string): Promise<boolean> {
    const same = await verify(passwordHash ?? (await this.decoy), normal(password));
    return same && typeof passwordHash === 'string';
  }
}

/** One spelling for what looks the same on two keyboards (NIST SP 800-63B, 5.1.1.2). */
const normal = (password: string): string => password.normalize('NFKC');

function isWeak(password: string, loginName: string): boolean {
  const characters = [...password.toLowerCase()];
  const plain = characters.join('');
  return characters.length < minPasswordLength
    || new Set(characters).size < 4
    || isRun(characters)
    || commonPasswords.has(plain)
    || (loginName.length >= 3 && plain.replaceAll(loginName.toLowerCase(), '').length < 4);
}

/** 1234567890, abcdefghij and the like, up or down; 0 follows 9. */
function isRun(characters: string[]): boolean {
  const steps = characters.slice(1).map((character, i) => (character.codePointAt(0) ?? 0) - (characters[i]?.codePointAt(0) ?? 0));
  return steps.every((step) => step === 1 || step === -9) || steps.every((step) => step === -1 || step === 9);
}
