import 'reflect-metadata';
import { validateSync } from 'class-validator';
import { problemIn } from './problems.js';
import { IsText } from './text.js';

class Line2 {
  @IsText({ max: 64 }) text2: unknown;
}

function lengthProblems(text2: unknown): string[] {
  const [error] = validateSync(Object.assign(new Line2(), { text2 }));
  const sentence = error?.constraints?.isLength ?? '';
  return [problemIn('zh', 'isLength', sentence), problemIn('en', 'isLength', sentence)];
}

describe('a length that is not kept', () => {
  it('is told by the end that it missed', () => {
    expect(lengthProblems('')).toEqual(['至少 1 个字。', 'At least 1 characters.']);
    expect(lengthProblems('长'.repeat(65))).toEqual(['最多 64 个字。', 'At most 64 characters.']);
  });

  it('is told with both ends where there is no text', () => {
    expect(lengthProblems(3)).toEqual(['要 1–64 个字。', '1 to 64 characters.']);
  });
});
