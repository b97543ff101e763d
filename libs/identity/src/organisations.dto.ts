import { IsBoolean, IsIn, IsOptional, Matches } from 'class-validator';
import {
  departments, organisationKinds, type CreateOrganiser, type CreateStation, type InviteMember, type Licence, type MembershipRole, type MemberStatus, type OrganisationKind, type RegisterEmployer,
  type ReviewLicence, type SubmitLicence, type SuspendOrganisation, type UpdateOrganisation,
} from '#libs/contracts';
import { Absentable, IsDay, IsRegionCode, IsText, PageQueryDto } from '#libs/platform';
import { IsCreditCode } from './credit-code.js';
import { IsLoginName, IsPassword } from './sign-in.dto.js';

const licenceStatuses = ['pending', 'approved', 'rejected'] as const;
const membershipRoles = ['organiserAdmin', 'organiserStaff', 'employerAdmin', 'recruiter', 'stationClerk'] as const;

export class RegisterEmployerDto implements RegisterEmployer {
  @IsText({ min: 2, max: 80 }) name: string;
  @IsCreditCode() creditCode: string;
  @IsRegionCode() regionCode: string;
  @Absentable() @IsText({ min: 0, max: 2_000, lines: true }) about?: string;
  @IsLoginName() loginName: string;
  @IsPassword() password: string;
  @IsText({ max: 40 }) displayName: string;
}

export class CreateOrganiserDto implements CreateOrganiser {
  @IsText({ min: 2, max: 80 }) name: string;
  @IsRegionCode() regionCode: string;
  /** 人社, 交通 and so on. */
  @IsIn(departments) department: string;
}

export class CreateStationDto implements CreateStation {
  @IsText({ min: 2, max: 80 }) name: string;
  @IsRegionCode() regionCode: string;
}

export class UpdateOrganisationDto implements UpdateOrganisation {
  @Absentable() @IsText({ min: 2, max: 80 }) name?: string;
  @Absentable() @IsText({ min: 0, max: 2_000, lines: true }) about?: string;
  @Absentable() @IsRegionCode() regionCode?: string;
}

export class SuspendOrganisationDto implements SuspendOrganisation {
  @IsIn(['active', 'suspended']) status: 'active' | 'suspended';
  @IsText({ max: 500 }) reason: string;
}

export class OrganisationQueryDto extends PageQueryDto {
  @IsOptional() @IsIn(organisationKinds) kind?: OrganisationKind;
  /** Part of the name, or a whole credit code. */
  @IsOptional() @IsText({ min: 0, max: 80 }) q?: string;
}

export class SubmitLicenceDto implements SubmitLicence {
  @IsText({ min: 2, max: 60 }) number: string;
  /** Last day on which it is good; a licence without an end (长期) is entered with one far away, 2199-12-31. */
  @IsDay() expiresOn: string;
}

export class ReviewLicenceDto implements ReviewLicence {
  @IsBoolean() approved: boolean;
  /** Needed for a refusal. */
  @Absentable() @IsText({ min: 0, max: 500 }) reason?: string;
}

export class LicenceQueryDto extends PageQueryDto {
  @IsOptional() @IsIn(licenceStatuses) status?: Licence['status'];
}

export class InviteMemberDto implements InviteMember {
  @IsIn(membershipRoles) role: MembershipRole;
}

export class MemberStatusDto implements MemberStatus {
  @IsBoolean() disabled: boolean;
}

export class RegionQueryDto {
  /** GB/T 2260 code; absent: the provinces. */
  @IsOptional() @Matches(/^\d{6}$/) parent?: string;
}
