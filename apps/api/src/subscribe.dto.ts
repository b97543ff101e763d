import { IsIn, IsInt, IsOptional, IsUUID, Max, Min, ValidateIf } from 'class-validator';
import { topicKinds, type Subscribe, type Topic, type TopicKind } from '#libs/contracts';
import { Nested } from '#libs/platform';

const withoutId: readonly unknown[] = ['reviewers', 'account'] satisfies TopicKind[];

export class TopicDto {
  @IsIn(topicKinds)
  kind: TopicKind;

  /** Of the fair or organisation; topics without one must not name any. */
  @ValidateIf((topic: TopicDto) => !withoutId.includes(topic.kind) || topic.id !== undefined)
  @IsUUID('all')
  id?: string;
}

export class SubscribeDto implements Omit<Subscribe, 'topic'> {
  @Nested(() => TopicDto)
  topic: TopicDto;

  @IsOptional() @IsInt() @Min(0) @Max(Number.MAX_SAFE_INTEGER)
  since?: number;
}

export class UnsubscribeDto {
  @Nested(() => TopicDto)
  topic: TopicDto;
}

/** @returns the checked topic in the contract's own type */
export function topicOf({ kind, id }: TopicDto): Topic {
  return (withoutId.includes(kind) ? { kind } : { kind, id: id?.toLowerCase() }) as Topic;
}
