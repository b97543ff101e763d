import { Controller, Get, Headers, Options, Param, Query, Res, SetMetadata } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import type { Response } from 'express';
import { DomainError, IdPipe } from '#libs/platform';
import { allowOrigins } from '../cross-origin.js';
import { Hls } from './hls.js';
import { FILE_NAME, rangeOf } from './playlist.rules.js';

const PLAYLIST = 'application/vnd.apple.mpegurl';
const EXPOSED = ['Content-Length', 'Content-Range', 'ETag'];

class HlsQueryDto {
  /** A room token; only private rooms ask for one. */
  @IsOptional() @IsString() @MaxLength(2_048)
  token?: string;
}

/**
 * HLS for players and for a CDN in front: live playlists are old after a second, files never change. A private room needs its
 * token, in the query (players follow it from the playlist) or as a bearer.
 */
@ApiExcludeController()
@Controller('media/hls')
@SetMetadata('allow', ['anyone'])
@SetMetadata('ownBearer', true)
export class HlsController {
  constructor(private readonly hls: Hls) {}

  @Options(':id/:file')
  preflight(@Res() response: Response): void {
    allowOrigins(response, { methods: ['GET', 'HEAD', 'OPTIONS'], headers: ['Range', 'Authorization'], exposed: EXPOSED });
    response.status(204).end();
  }

  @Get(':roomId/live.m3u8')
  live(@Param('roomId', IdPipe) roomId: string, @Query() { token }: HlsQueryDto, @Headers('authorization') bearer: string | undefined, @Res() response: Response): Promise<void> {
    return this.send(response, 1, () => this.hls.live(roomId, token ?? tokenOf(bearer)));
  }

  /** The same without its picture, for a network that carries no more; `soundMissing`: it has none. */
  @Get(':roomId/live-sound.m3u8')
  liveSound(@Param('roomId', IdPipe) roomId: string, @Query() { token }: HlsQueryDto, @Headers('authorization') bearer: string | undefined, @Res() response: Response): Promise<void> {
    return this.send(response, 1, () => this.hls.live(roomId, token ?? tokenOf(bearer), 'sound'));
  }

  @Get(':recordingId/replay.m3u8')
  replay(@Param('recordingId', IdPipe) recordingId: string, @Query() { token }: HlsQueryDto, @Headers('authorization') bearer: string | undefined, @Res() response: Response): Promise<void> {
    return this.send(response, 3_600, () => this.hls.replay(recordingId, token ?? tokenOf(bearer)));
  }

  @Get(':recordingId/replay-sound.m3u8')
  replaySound(@Param('recordingId', IdPipe) recordingId: string, @Query() { token }: HlsQueryDto, @Headers('authorization') bearer: string | undefined, @Res() response: Response): Promise<void> {
    return this.send(response, 3_600, () => this.hls.replay(recordingId, token ?? tokenOf(bearer), 'sound'));
  }

  /** @param age seconds that a cache may keep a public one */
  private async send(response: Response, age: number, make: () => Promise<{ text: string; isPublic: boolean }>): Promise<void> {
    allowOrigins(response, { exposed: EXPOSED });
    const { text, isPublic } = await make();
    response.setHeader('Cache-Control', isPublic ? `public, max-age=${age}` : 'private, no-store');
    response.type(PLAYLIST).send(text);
  }

  @Get(':recordingId/:file')
  async file(
    @Param('recordingId', IdPipe) recordingId: string, @Param('file') file: string, @Query() { token }: HlsQueryDto,
    @Headers() headers: Record<string, string | undefined>, @Res() response: Response,
  ): Promise<void> {
    allowOrigins(response, { exposed: EXPOSED });
    if (!FILE_NAME.test(file)) throw new DomainError('notFound');
    const { bytes, isPublic } = await this.hls.file(recordingId, file, token ?? tokenOf(headers.authorization));
    const etag = `"${file}"`; // a name is never used for other bytes
    response.setHeader('Cache-Control', isPublic ? 'public, max-age=31536000, immutable' : 'private, no-store');
    response.setHeader('ETag', etag);
    response.setHeader('Accept-Ranges', 'bytes');
    if (headers['if-none-match'] === etag) return void response.status(304).end();
    response.type('video/mp4');
    const range = headers['if-range'] === undefined || headers['if-range'] === etag ? rangeOf(headers.range, bytes.length) : 'whole';
    if (range === 'whole') return void response.send(bytes);
    if (range === 'unsatisfiable') return void response.status(416).setHeader('Content-Range', `bytes */${bytes.length}`).end();
    response.status(206).setHeader('Content-Range', `bytes ${range.from}-${range.to}/${bytes.length}`);
    response.send(bytes.subarray(range.from, range.to + 1));
  }
}

const tokenOf = (bearer: string | undefined): string | undefined => /^Bearer (.+)$/i.exec(bearer ?? '')?.[1];
