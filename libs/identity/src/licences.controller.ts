import { Body, Controller, Get, HttpCode, Param, Post, Query, type StreamableFile } from '@nestjs/common';
import type { Licence, Page } from '#libs/contracts';
import { attachment, FileUpload, IdPipe, Uploaded, type UploadedFile } from '#libs/platform';
import type { MemberActor } from './actor.js';
import { Allow, Me } from './allow.js';
import { Licences } from './licences.js';
import { LicenceQueryDto, ReviewLicenceDto, SubmitLicenceDto } from './organisations.dto.js';
import type { OfficeActor } from './organisations.js';

@Controller()
@Allow('organiserStaff', 'organiserAdmin', 'platformAdmin')
export class LicencesController {
  constructor(private readonly licences: Licences) {}

  /** Hands in a licence with its scan: PDF, JPEG or PNG. */
  @Post('organisations/:organisationId/licences') @Allow('employerAdmin') @FileUpload()
  submit(
    @Me() actor: MemberActor, @Param('organisationId', IdPipe) id: string, @Body() body: SubmitLicenceDto, @Uploaded() scan: UploadedFile,
  ): Promise<Licence> {
    return this.licences.submit(actor, id, body, scan);
  }

  @Get('organisations/:organisationId/licences') @Allow('recruiter', 'employerAdmin', 'organiserStaff', 'organiserAdmin', 'platformAdmin')
  of(@Me() actor: OfficeActor, @Param('organisationId', IdPipe) id: string): Promise<Licence[]> {
    return this.licences.of(actor, id);
  }

  /** What the bureau may review; with `status=pending` the longest waiting first. */
  @Get('licences')
  queue(@Me() actor: OfficeActor, @Query() query: LicenceQueryDto): Promise<Page<Licence>> {
    return this.licences.queue(actor, query);
  }

  /** The scan. */
  @Get('licences/:licenceId/file') @Allow('recruiter', 'employerAdmin', 'organiserStaff', 'organiserAdmin', 'platformAdmin')
  async file(@Me() actor: OfficeActor, @Param('licenceId', IdPipe) id: string): Promise<StreamableFile> {
    const { file, stream } = await this.licences.open(actor, id);
    return attachment(file.name, file.mediaType, stream);
  }

  @Post('licences/:licenceId/review') @HttpCode(200)
  review(@Me() actor: OfficeActor, @Param('licenceId', IdPipe) id: string, @Body() body: ReviewLicenceDto): Promise<Licence> {
    return this.licences.review(actor, id, body);
  }
}
