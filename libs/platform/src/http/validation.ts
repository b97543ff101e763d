import { ValidationPipe, type ValidationError } from '@nestjs/common';
import type { FieldProblem, Language } from '#libs/contracts';
import { DomainError } from '../errors/domain-error.js';
import { Context } from '../logging/context.js';
import { problemIn } from './problems.js';

const MOST_FIELDS = 50;

/** Every DTO is checked by this, and nothing is converted by guess: see `QueryNumber` and its kin. */
export const validation = (): ValidationPipe =>
  new ValidationPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    transform: true,
    transformOptions: { enableImplicitConversion: false },
    stopAtFirstError: false,
    validationError: { target: false, value: false },
    exceptionFactory: (found) => new DomainError('validationFailed', { fields: fieldProblems(found, Context.current().language) }),
  });

/** The problems by field, flat: `zones.0.name`. At most 50, so that an answer stays smaller than its question. */
export function fieldProblems(found: readonly ValidationError[], language: Language): FieldProblem[] {
  const fields: FieldProblem[] = [];
  const pending = found.map((error) => ({ error, path: error.property }));
  for (let next = pending.shift(); next && fields.length < MOST_FIELDS; next = pending.shift()) {
    const { error, path } = next;
    const problems = Object.entries(error.constraints ?? {}).map(([rule, sentence]) => problemIn(language, rule, sentence));
    if (problems.length > 0) fields.push({ field: path.slice(0, 200), problems: [...new Set(problems)] });
    pending.push(...(error.children ?? []).slice(0, MOST_FIELDS).map((child) => ({ error: child, path: `${path}.${child.property}` })));
  }
  return fields;
}
