import { ArrayMaxSize, ArrayUnique, IsArray, IsBoolean, IsIn, IsInt, IsUUID, Max, Min } from 'class-validator';
import { jobTags, payUnits, type CheckWording, type JobInput, type JobQuery, type JobTag, type ListJobs, type PayUnit } from '#libs/contracts';
import { Absentable, IsDay, IsRegionCode, IsText, PageQueryDto, QueryNumber } from '#libs/platform';

/** Yuan for one unit; a bound so that a slip of the finger is seen. */
const mostPay = 1_000_000;

/** A draft may leave texts empty and numbers 0: publishing says what is missing. */
export class JobInputDto implements JobInput {
  @IsText({ min: 0, max: 40 }) title: string;
  @IsInt() @Min(0) @Max(10_000) headCount: number;
  @IsText({ min: 0, max: 1_000, lines: true }) conditions: string;
  @IsText({ min: 0, max: 3_000, lines: true }) content: string;
  @IsText({ min: 0, max: 100 }) place: string;
  @IsRegionCode() regionCode: string;
  @IsInt() @Min(0) @Max(mostPay) payMin: number;
  @IsInt() @Min(0) @Max(mostPay) payMax: number;
  @IsIn(payUnits) payUnit: PayUnit;
  /** 底薪 + 计件 and the like. */
  @IsText({ min: 0, max: 300, lines: true }) payTerms: string;
  /** The last day on which one can apply, China's time. */
  @IsDay() validUntil: string;
  @IsArray() @ArrayMaxSize(jobTags.length) @ArrayUnique() @IsIn(jobTags, { each: true }) tags: JobTag[];
}

export class CheckWordingDto implements CheckWording {
  @Absentable() @IsText({ min: 0, max: 200 }) title?: string;
  @Absentable() @IsText({ min: 0, max: 3_000, lines: true }) conditions?: string;
  @Absentable() @IsText({ min: 0, max: 3_000, lines: true }) content?: string;
  @Absentable() @IsText({ min: 0, max: 3_000, lines: true }) payTerms?: string;
}

export class JobQueryDto extends PageQueryDto implements JobQuery {
  @Absentable() @IsText({ min: 0, max: 60 }) q?: string;
  @Absentable() @IsUUID() fairId?: string;
  @Absentable() @IsUUID() organisationId?: string;
  /** A county, or a whole city or province. */
  @Absentable() @IsRegionCode() regionCode?: string;
  @Absentable() @IsIn(jobTags) tag?: JobTag;
  @Absentable() @IsIn(payUnits) payUnit?: PayUnit;
  /** Yuan a month that the low end of the range must reach. */
  @Absentable() @QueryNumber() @IsInt() @Min(1) @Max(mostPay) payAtLeast?: number;
}

export class ListJobsDto implements ListJobs {
  @IsArray() @ArrayMaxSize(200) @ArrayUnique() @IsUUID(undefined, { each: true }) jobIds: string[];
  @IsBoolean() listed: boolean;
}
