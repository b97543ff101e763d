import { Type } from 'class-transformer';
import { IsIn, IsInt, IsObject, Max, Min, Validate, ValidateIf, ValidatorConstraint, type ValidatorConstraintInterface } from 'class-validator';
import { interviewOutcomes, type Decide, type InterviewOutcome, type SaveSheet, type SetCriteria } from '#libs/contracts';
import { IsText, NestedList } from '#libs/platform';

const MOST_CRITERIA = 12;

@ValidatorConstraint({ name: 'scores' })
class Scores implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    if (typeof value !== 'object' || value === null) return false;
    const entries = Object.entries(value);
    return entries.length <= MOST_CRITERIA && entries.every(([key, score]) => key.length <= 64 && Number.isInteger(score) && score >= 1 && score <= 5);
  }

  defaultMessage(): string {
    return 'scores must be whole numbers from 1 to 5, by the keys of criteria';
  }
}

export class SaveSheetDto implements SaveSheet {
  /** By a criterion's key, 1–5. */
  @IsObject() @Validate(Scores) @Type(() => Object) scores: Record<string, number>;
  @IsText({ min: 0, max: 2_000, lines: true }) note: string;
  @ValidateIf((sheet: SaveSheet) => sheet.recommends !== null) @IsIn(interviewOutcomes) recommends: InterviewOutcome | null;
}

export class DecideDto implements Decide {
  @IsIn(interviewOutcomes) outcome: InterviewOutcome;
  /** What the candidate is told. */
  @IsText({ max: 500, lines: true }) reason: string;
}

class CriterionDto {
  @IsText({ max: 20 }) name: string;
  @IsInt() @Min(1) @Max(10) weight: number;
}

export class SetCriteriaDto implements SetCriteria {
  /** None: the standard ones. */
  @NestedList(() => CriterionDto, MOST_CRITERIA) criteria: CriterionDto[];
}
