import { Body, Controller, Delete, Get, Header, HttpCode, Param, Patch, Put, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Consent, PersonExport, Profile } from '#libs/contracts';
import { Database, FileUpload, IdPipe, Uploaded, type UploadedFile } from '#libs/platform';
import type { CandidateActor } from './actor.js';
import { Allow, Me } from './allow.js';
import { Consents } from './consents.js';
import { clearCookie, refreshCookie } from './cookies.js';
import { DataRights } from './data-rights.js';
import { UpdateProfileDto } from './me.dto.js';
import { Profiles } from './profiles.js';

/** A candidate's own. */
@Controller('me')
@Allow('candidate')
export class MeController {
  constructor(
    private readonly database: Database,
    private readonly profiles: Profiles,
    private readonly consents: Consents,
    private readonly rights: DataRights,
  ) {}

  @Get('profile')
  profile(@Me() actor: CandidateActor): Promise<Profile> {
    return this.profiles.get(actor.accountId);
  }

  @Patch('profile')
  updateProfile(@Me() actor: CandidateActor, @Body() body: UpdateProfileDto): Promise<Profile> {
    return this.profiles.update(actor.accountId, body);
  }

  /** The newest CV: PDF, JPEG, PNG or DOCX, at most 10 MB. */
  @Put('cv') @FileUpload()
  uploadCv(@Me() actor: CandidateActor, @Uploaded() file: UploadedFile): Promise<Profile> {
    return this.profiles.uploadCv(actor.accountId, file);
  }

  /** Deletes every CV of mine, also those that were sent. */
  @Delete('cv') @HttpCode(204)
  async removeCv(@Me() actor: CandidateActor): Promise<void> {
    await this.database.transaction((tx) => this.profiles.removeCvs(tx, actor.accountId));
  }

  @Get('consents')
  listConsents(@Me() actor: CandidateActor): Promise<Consent[]> {
    return this.consents.list(actor.accountId);
  }

  /** Takes a consent back: that employer sees nothing of mine any more. */
  @Delete('consents/:consentId') @HttpCode(204)
  async withdrawConsent(@Me() actor: CandidateActor, @Param('consentId', IdPipe) consentId: string): Promise<void> {
    await this.database.transaction((tx) => this.consents.withdraw(tx, actor.accountId, consentId));
  }

  /** Everything that is held of me (PIPL 45). */
  @Get('export') @Header('Cache-Control', 'no-store')
  export(@Me() actor: CandidateActor): Promise<PersonExport> {
    return this.rights.export(actor);
  }

  /** Deletes me (PIPL 47). It cannot be undone. */
  @Delete() @HttpCode(204)
  async erase(@Me() actor: CandidateActor, @Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<void> {
    await this.rights.erase(actor);
    clearCookie(request, response, refreshCookie);
  }
}
