import { All, Controller, Delete, Headers, Options, Param, Patch, Post, Req, Res, SetMetadata } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { DomainError, IdPipe } from '#libs/platform';
import { IceServers } from '#libs/rooms';
import { sendCreated, sendOptions, sendPatched, SDP, SDP_FRAGMENT, sessionHeaders } from './answers.js';
import { forward, FORWARDED } from './forwarding.js';
import { readText } from './sdp-body.js';
import { Sessions } from './sessions.js';
import { Whip } from './whip.js';

const METHODS = { endpoint: ['POST', 'OPTIONS'], session: ['PATCH', 'DELETE', 'OPTIONS'] };

/** WHIP (RFC 9725): OBS and other encoders publish into a room with its bearer key. */
@ApiExcludeController()
@Controller('media/whip')
@SetMetadata('allow', ['anyone'])
@SetMetadata('ownBearer', true)
export class WhipController {
  constructor(private readonly whip: Whip, private readonly sessions: Sessions, private readonly iceServers: IceServers) {}

  @Options(':roomId')
  options(@Res() response: Response): void {
    sendOptions(response, METHODS.endpoint, this.iceServers.make());
  }

  @Post(':roomId')
  async publish(@Param('roomId', IdPipe) roomId: string, @Headers('authorization') bearer: string | undefined, @Req() request: Request, @Res() response: Response): Promise<void> {
    sessionHeaders(response);
    const holder = await this.whip.open(roomId, bearer);
    const elsewhere = await this.whip.elsewhere(roomId);
    const offer = await readText(request, SDP);
    if (elsewhere) {
      const path = `/media/whip/${roomId}`;
      if (request.headers[FORWARDED] === undefined && (await forward(elsewhere, path, bearer, offer, response))) return;
      return void response.status(307).setHeader('Location', elsewhere + path).end();
    }
    const { session, answer } = await this.whip.publish(holder, offer);
    sendCreated(response, `/media/whip/${roomId}/${session.id}`, session, answer, this.iceServers.make());
  }

  @All(':roomId')
  wrongMethod(@Res({ passthrough: true }) response: Response): never {
    sessionHeaders(response);
    response.setHeader('Allow', METHODS.endpoint.join(', '));
    throw new DomainError('methodNotAllowed');
  }

  @Options(':roomId/:sessionId')
  sessionOptions(@Res() response: Response): void {
    sendOptions(response, METHODS.session, []);
  }

  @Patch(':roomId/:sessionId')
  async patch(
    @Param('roomId', IdPipe) roomId: string, @Param('sessionId', IdPipe) sessionId: string, @Headers('authorization') bearer: string | undefined,
    @Headers('if-match') ifMatch: string | undefined, @Req() request: Request, @Res() response: Response,
  ): Promise<void> {
    sessionHeaders(response);
    await this.whip.open(roomId, bearer);
    const session = this.sessions.find(roomId, sessionId);
    sendPatched(response, await this.sessions.patch(session, ifMatch, await readText(request, SDP_FRAGMENT)));
  }

  @Delete(':roomId/:sessionId')
  async end(@Param('roomId', IdPipe) roomId: string, @Param('sessionId', IdPipe) sessionId: string, @Headers('authorization') bearer: string | undefined, @Res() response: Response): Promise<void> {
    sessionHeaders(response);
    await this.whip.open(roomId, bearer);
    this.sessions.end(this.sessions.find(roomId, sessionId));
    response.status(200).end();
  }

  @All(':roomId/:sessionId')
  wrongSessionMethod(@Res({ passthrough: true }) response: Response): never {
    sessionHeaders(response);
    response.setHeader('Allow', METHODS.session.join(', '));
    throw new DomainError('methodNotAllowed');
  }
}
