import { t } from '../../../../words';

export const CODE_LENGTH = 18;
/** As it is written: blanks away, letters raised. */
export const tidyCode = (typed: string): string => typed.replace(/\s/g, '').toUpperCase();

/** What can be said of a credit code while it is typed: `bad` cannot become right by typing on. The check character is the server's. */
export function codeNote(code: string): { bad: string; hint: string } {
  const wrong = [...new Set(code.match(/[^0-9A-HJ-NPQRTUWXY]/g) ?? [])].join(' ');
  if (wrong) return { bad: t('console.employer.register.codeLetters', { letters: wrong }), hint: '' };
  if (code.length > CODE_LENGTH) return { bad: t('console.employer.register.codeLong', { n: code.length - CODE_LENGTH }), hint: '' };
  if (!code) return { bad: '', hint: t('console.employer.register.codeHint') };
  const left = CODE_LENGTH - code.length;
  return { bad: '', hint: left ? t('console.employer.register.codeLeft', { n: left }) : t('console.employer.register.codeWhole') };
}
