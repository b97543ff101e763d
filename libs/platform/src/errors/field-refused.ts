import type { FieldProblem } from '#libs/contracts';
import { Context } from '../logging/context.js';
import { DomainError } from './domain-error.js';

/** A field (its path in the body: `zones.0.name`) and what is wrong with it, in both languages. */
export interface FieldRefusal { field: string; zh: string; en: string }

/** `validationFailed` for fields whose shape is right and whose content is not, said in the language of who asks. */
export function fieldRefused(...refusals: [FieldRefusal, ...FieldRefusal[]]): DomainError {
  const { language } = Context.current();
  const fields: FieldProblem[] = refusals.map((each) => ({ field: each.field, problems: [each[language]] }));
  return new DomainError('validationFailed', { fields });
}
