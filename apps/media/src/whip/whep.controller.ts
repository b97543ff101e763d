import { All, Controller, Delete, Headers, Options, Param, Patch, Post, Req, Res, SetMetadata } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { DomainError, IdPipe, Limits } from '#libs/platform';
import { IceServers } from '#libs/rooms';
import { sendCreated, sendOptions, sendPatched, SDP, SDP_FRAGMENT, sessionHeaders } from './answers.js';
import { readText } from './sdp-body.js';
import { Sessions } from './sessions.js';
import { Whep } from './whep.js';
import { Whip } from './whip.js';

const METHODS = { endpoint: ['POST', 'OPTIONS'], session: ['PATCH', 'DELETE', 'OPTIONS'] };

/** WHEP (draft-ietf-wish-whep): players other than our pages. The address of a session is its secret. */
@ApiExcludeController()
@Controller('media/whep')
@SetMetadata('allow', ['anyone'])
@SetMetadata('ownBearer', true)
export class WhepController {
  constructor(private readonly whep: Whep, private readonly whip: Whip, private readonly sessions: Sessions, private readonly iceServers: IceServers, private readonly limits: Limits) {}

  @Options(':roomId')
  options(@Res() response: Response): void {
    sendOptions(response, METHODS.endpoint, this.iceServers.make());
  }

  @Post(':roomId')
  async watch(@Param('roomId', IdPipe) roomId: string, @Headers('authorization') bearer: string | undefined, @Req() request: Request, @Res() response: Response): Promise<void> {
    sessionHeaders(response);
    await this.limits.take('whepByAddress', request.ip ?? '');
    const text = await readText(request, SDP);
    const elsewhere = await this.whip.elsewhere(roomId);
    if (elsewhere) return void response.status(307).setHeader('Location', `${elsewhere}/media/whep/${roomId}`).end();
    const { session, answer } = await this.whep.watch(roomId, bearer, text);
    sendCreated(response, `/media/whep/${roomId}/${session.id}`, session, answer, this.iceServers.make());
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
    @Param('roomId', IdPipe) roomId: string, @Param('sessionId', IdPipe) sessionId: string, @Headers('if-match') ifMatch: string | undefined,
    @Req() request: Request, @Res() response: Response,
  ): Promise<void> {
    sessionHeaders(response);
    const session = this.sessions.find(roomId, sessionId);
    sendPatched(response, await this.sessions.patch(session, ifMatch, await readText(request, SDP_FRAGMENT)));
  }

  @Delete(':roomId/:sessionId')
  end(@Param('roomId', IdPipe) roomId: string, @Param('sessionId', IdPipe) sessionId: string, @Res() response: Response): void {
    sessionHeaders(response);
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
