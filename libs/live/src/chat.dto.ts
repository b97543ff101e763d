import { IsBoolean, IsIn, IsInt, IsUUID, Max, Min } from 'class-validator';
import {
  heldWordKinds, messageKinds, sanctionKinds, type DecideMessage, type HeldWord, type HeldWordKind, type MessageKind, type MessageQuery, type PostMessage, type Sanctioning, type SanctionKind,
  type SetHeldWords, type SetSlowMode,
} from '#libs/contracts';
import { Absentable, IsText, NestedList, QueryNumber } from '#libs/platform';

const mostSeq = 2_147_483_647;

export class PostMessageDto implements PostMessage {
  @IsIn(messageKinds) kind: MessageKind;
  @IsText({ max: 200 }) text: string;
  @IsUUID() deviceId: string;
}

export class MessageQueryDto implements MessageQuery {
  /** Numbers greater than this, the smallest first. */
  @Absentable() @QueryNumber() @IsInt() @Min(0) @Max(mostSeq) after?: number;
  /** Numbers smaller than this: the last of them. */
  @Absentable() @QueryNumber() @IsInt() @Min(0) @Max(mostSeq) before?: number;
  @Absentable() @QueryNumber() @IsInt() @Min(1) @Max(200) limit?: number;
  @Absentable() @IsIn(messageKinds) kind?: MessageKind;
}

export class DecideMessageDto implements DecideMessage {
  @IsBoolean() shown: boolean;
}

export class SanctioningDto implements Sanctioning {
  /** One of their messages, or their hand: one of the two. */
  @Absentable() @IsUUID() messageId?: string;
  @Absentable() @IsUUID() handId?: string;
  @IsIn(sanctionKinds) kind: SanctionKind;
  /** Of a mute; ten unless told. */
  @Absentable() @IsInt() @Min(1) @Max(1_440) minutes?: number;
  @IsText({ max: 200 }) reason: string;
}

export class SetSlowModeDto implements SetSlowMode {
  @IsInt() @Min(0) @Max(300) seconds: number;
}

export class HeldWordDto implements HeldWord {
  @IsText({ max: 30 }) text: string;
  @IsIn(heldWordKinds) kind: HeldWordKind;
}

export class SetHeldWordsDto implements SetHeldWords {
  @NestedList(() => HeldWordDto, 1_000) words: HeldWordDto[];
}
