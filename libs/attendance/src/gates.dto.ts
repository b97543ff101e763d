import { IsIn, IsUUID } from 'class-validator';
import { gateDirections, type GateDirection, type GateInput } from '#libs/contracts';
import { Absentable, IsText } from '#libs/platform';

export class GateDto implements GateInput {
  /** The zone that one is in after an entry here; the venue's own for the doors of the hall. */
  @IsUUID('all')
  zoneId: string;

  /** Unique in the fair. */
  @IsText({ max: 60 })
  name: string;

  @IsIn(gateDirections)
  direction: GateDirection;

  /** Where a refused person is sent. */
  @Absentable() @IsText({ min: 0, max: 200 })
  deskHint?: string;
}

export class UpdateGateDto implements Partial<GateInput> {
  @Absentable() @IsUUID('all')
  zoneId?: string;

  @Absentable() @IsText({ max: 60 })
  name?: string;

  @Absentable() @IsIn(gateDirections)
  direction?: GateDirection;

  @Absentable() @IsText({ min: 0, max: 200 })
  deskHint?: string;
}
