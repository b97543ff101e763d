import { ArrayMaxSize, IsArray, IsIn, IsInt, IsString, IsUUID, Length, Matches, Max, Min } from 'class-validator';
import { ticketStatuses, type IssuePasses, type RegisterTicket, type RevokeTicket, type TicketQuery, type TicketStatus, type WalkIn } from '#libs/contracts';
import { Absentable, IsText, PageQueryDto } from '#libs/platform';

export class RegisterTicketDto implements RegisterTicket {
  /** Made by the client for one tap; repeating it is harmless. */
  @Absentable() @IsString() @Matches(/^[\w.:-]{1,100}$/)
  requestKey?: string;
}

export class WalkInDto implements WalkIn {
  /** Made by the device for one person at the gate; repeating it is harmless. */
  @IsString() @Matches(/^[\w.:-]{1,100}$/)
  requestKey: string;

  /** Zones that the ticket opens; none: all. */
  @Absentable() @IsArray() @ArrayMaxSize(100) @IsUUID('all', { each: true })
  zoneIds?: string[];

  /** A person with children: 1–10, one ticket for all of them. */
  @Absentable() @IsInt() @Min(1) @Max(10)
  persons?: number;
}

export class IssuePassesDto implements IssuePasses {
  @IsIn(['staff', 'employer', 'child', 'group'])
  kind: 'staff' | 'employer' | 'child' | 'group';

  /** With `group`: persons that one code lets in, 2–500. */
  @Absentable() @IsInt() @Min(2) @Max(500)
  size?: number;

  /** 1–200. */
  @IsInt() @Min(1) @Max(200)
  count: number;

  /** Zones that the passes open; none: all. */
  @Absentable() @IsArray() @ArrayMaxSize(100) @IsUUID('all', { each: true })
  zoneIds?: string[];
}

export class RevokeTicketDto implements RevokeTicket {
  /** Shown to the holder and kept in the audit log. */
  @IsText({ min: 0, max: 500, lines: true })
  reason: string;
}

export class TicketQueryDto extends PageQueryDto implements TicketQuery {
  /** The first digits of a short code. */
  @Absentable() @IsString() @Length(0, 20)
  q?: string;

  @Absentable() @IsIn(ticketStatuses)
  status?: TicketStatus;
}
