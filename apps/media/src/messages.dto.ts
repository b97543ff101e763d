/** What a client may say on `/media`. The ORTC objects are checked by ortc.rules; what is not named here is refused. */
import { IsBoolean, IsIn, IsInt, IsNumber, IsOptional, IsString, IsUUID, Length, Max, Min, ValidateBy, ValidateIf } from 'class-validator';
import { mediaSources, type Layers, type MediaSource, type WantedTrack } from '#libs/contracts';
import { Nested, NestedList } from '#libs/platform';
import { mostConsumers } from './peer.js';
import { isDtlsParameters, isRtpCapabilities, isRtpParameters } from './ortc.rules.js';

const Ortc = (name: string, validate: (value: unknown) => boolean): PropertyDecorator =>
  ValidateBy({ name, validator: { validate, defaultMessage: () => `$property must be ${name} of mediasoup` } });
/** Ids are made by mediasoup: UUIDs. */
const IsMediaId = (): PropertyDecorator => IsUUID('all');

export class LayersDto implements Layers {
  @IsInt() @Min(0) @Max(7)
  spatialLayer: number;

  @IsOptional() @IsInt() @Min(0) @Max(7)
  temporalLayer?: number;
}

export class CreateTransportDto {
  @IsIn(['send', 'receive'])
  direction: 'send' | 'receive';

  @IsOptional() @IsBoolean()
  forceTcp?: boolean;
}

export class TransportDto {
  @IsMediaId()
  transportId: string;
}

export class ConnectTransportDto extends TransportDto {
  @Ortc('DtlsParameters', isDtlsParameters)
  dtlsParameters: unknown;
}

export class ProduceDto extends TransportDto {
  @IsIn(['audio', 'video'])
  kind: 'audio' | 'video';

  @IsIn(mediaSources)
  source: MediaSource;

  @Ortc('RtpParameters', isRtpParameters)
  rtpParameters: unknown;

  @IsOptional() @IsBoolean()
  paused?: boolean;

  @IsOptional() @IsBoolean()
  onDemand?: boolean;
}

export class ProducerDto {
  @IsMediaId()
  producerId: string;
}

export class ProducerPausedDto extends ProducerDto {
  @IsBoolean()
  paused: boolean;
}

export class ConsumeDto extends TransportDto {
  @IsMediaId()
  producerId: string;

  @Ortc('RtpCapabilities', isRtpCapabilities)
  rtpCapabilities: unknown;

  @ValidateIf((request: ConsumeDto) => request.layers !== undefined) @Nested(() => LayersDto)
  layers?: LayersDto;
}

class WantedTrackDto implements WantedTrack {
  @IsMediaId()
  producerId: string;

  @ValidateIf((track: WantedTrackDto) => track.layers !== undefined) @Nested(() => LayersDto)
  layers?: LayersDto;

  @IsOptional() @IsBoolean()
  paused?: boolean;
}

export class ReceiveDto {
  @Ortc('RtpCapabilities', isRtpCapabilities)
  rtpCapabilities: unknown;

  @NestedList(() => WantedTrackDto, mostConsumers)
  tracks: WantedTrackDto[];

  @IsOptional() @IsBoolean()
  forceTcp?: boolean;
}

export class ConsumerDto {
  @IsMediaId()
  consumerId: string;
}

export class ConsumerPausedDto extends ConsumerDto {
  @IsBoolean()
  paused: boolean;
}

export class ConsumerLayersDto extends ConsumerDto {
  @Nested(() => LayersDto)
  layers: LayersDto;
}

export class RenewTokenDto {
  @IsString() @Length(1, 2_048)
  token: string;
}

export class WatchPublishingDto {
  @IsBoolean()
  on: boolean;
}

export class ReportQualityDto {
  @IsNumber() @Min(0) @Max(1)
  lossRatio: number;

  @ValidateIf((report: ReportQualityDto) => report.roundTrip !== null) @IsNumber() @Min(0) @Max(60_000)
  roundTrip: number | null;
}
