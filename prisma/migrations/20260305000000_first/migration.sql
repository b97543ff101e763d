-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "GateDirection" AS ENUM ('entry', 'exit', 'both');

-- CreateEnum
CREATE TYPE "ScanDirection" AS ENUM ('entry', 'exit');

-- CreateEnum
CREATE TYPE "BoothApplicationStatus" AS ENUM ('pending', 'approved', 'rejected', 'withdrawn');

-- CreateEnum
CREATE TYPE "ScopeKind" AS ENUM ('fair', 'organisation', 'platform');

-- CreateEnum
CREATE TYPE "FairChannel" AS ENUM ('hall', 'online', 'both');

-- CreateEnum
CREATE TYPE "FairStatus" AS ENUM ('draft', 'published', 'open', 'closed', 'archived', 'cancelled');

-- CreateEnum
CREATE TYPE "OrganisationKind" AS ENUM ('organiser', 'employer', 'station');

-- CreateEnum
CREATE TYPE "OrganisationStatus" AS ENUM ('active', 'suspended');

-- CreateEnum
CREATE TYPE "LicenceStatus" AS ENUM ('pending', 'approved', 'rejected');

-- CreateEnum
CREATE TYPE "AccountKind" AS ENUM ('staff', 'candidate');

-- CreateEnum
CREATE TYPE "MembershipRole" AS ENUM ('organiserAdmin', 'organiserStaff', 'employerAdmin', 'recruiter');

-- CreateEnum
CREATE TYPE "LinkPurpose" AS ENUM ('invitation', 'passwordReset', 'firstAdministrator');

-- CreateEnum
CREATE TYPE "ConsentPurpose" AS ENUM ('application', 'lead');

-- CreateEnum
CREATE TYPE "PayUnit" AS ENUM ('month', 'day', 'hour', 'piece');

-- CreateEnum
CREATE TYPE "JobStatus" AS ENUM ('draft', 'published', 'closed');

-- CreateEnum
CREATE TYPE "ApplicationSource" AS ENUM ('page', 'boothQr');

-- CreateEnum
CREATE TYPE "ApplicationStatus" AS ENUM ('submitted', 'seen', 'shortlisted', 'rejected', 'hired', 'withdrawn');

-- CreateEnum
CREATE TYPE "FileKind" AS ENUM ('licence', 'cv', 'cover');

-- CreateEnum
CREATE TYPE "MessageStatus" AS ENUM ('waiting', 'sent', 'failed');

-- CreateEnum
CREATE TYPE "TicketKind" AS ENUM ('visitor', 'walkIn', 'staff', 'employer');

-- CreateEnum
CREATE TYPE "TicketStatus" AS ENUM ('valid', 'cancelled', 'revoked');

-- CreateTable
CREATE TABLE "Gate" (
    "id" UUID NOT NULL,
    "fairId" UUID NOT NULL,
    "zoneId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "direction" "GateDirection" NOT NULL DEFAULT 'both',
    "deskHint" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "Gate_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Device" (
    "id" UUID NOT NULL,
    "fairId" UUID NOT NULL,
    "gateId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "pairedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastSeenAt" TIMESTAMPTZ(3),
    "revokedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Device_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DevicePairing" (
    "id" UUID NOT NULL,
    "fairId" UUID NOT NULL,
    "gateId" UUID NOT NULL,
    "codeHash" TEXT NOT NULL,
    "createdById" UUID NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "usedAt" TIMESTAMPTZ(3),

    CONSTRAINT "DevicePairing_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Scan" (
    "id" UUID NOT NULL,
    "fairId" UUID NOT NULL,
    "gateId" UUID NOT NULL,
    "deviceId" UUID,
    "ticketId" UUID,
    "direction" "ScanDirection" NOT NULL,
    "codeHash" TEXT NOT NULL,
    "admitted" BOOLEAN NOT NULL,
    "reason" TEXT,
    "result" JSONB NOT NULL,
    "happenedAt" TIMESTAMPTZ(3) NOT NULL,
    "recordedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "Scan_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CheckIn" (
    "id" UUID NOT NULL,
    "scanId" UUID NOT NULL,
    "fairId" UUID NOT NULL,
    "zoneId" UUID NOT NULL,
    "gateId" UUID NOT NULL,
    "ticketId" UUID NOT NULL,
    "direction" "ScanDirection" NOT NULL,
    "happenedAt" TIMESTAMPTZ(3) NOT NULL,
    "recordedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "CheckIn_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Presence" (
    "ticketId" UUID NOT NULL,
    "zoneId" UUID NOT NULL,
    "fairId" UUID NOT NULL,
    "gateId" UUID NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Presence_pkey" PRIMARY KEY ("ticketId","zoneId")
);

-- CreateTable
CREATE TABLE "ZoneState" (
    "zoneId" UUID NOT NULL,
    "fairId" UUID NOT NULL,
    "inside" INTEGER NOT NULL DEFAULT 0,
    "entered" INTEGER NOT NULL DEFAULT 0,
    "left" INTEGER NOT NULL DEFAULT 0,
    "earlyLocked" BOOLEAN NOT NULL DEFAULT false,
    "stopped" BOOLEAN NOT NULL DEFAULT false,
    "reason" TEXT,

    CONSTRAINT "ZoneState_pkey" PRIMARY KEY ("zoneId")
);

-- CreateTable
CREATE TABLE "BoothApplication" (
    "id" UUID NOT NULL,
    "fairId" UUID NOT NULL,
    "organisationId" UUID NOT NULL,
    "contactName" TEXT NOT NULL,
    "wish" TEXT NOT NULL DEFAULT '',
    "status" "BoothApplicationStatus" NOT NULL DEFAULT 'pending',
    "reason" TEXT,
    "decidedById" UUID,
    "decidedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "BoothApplication_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Booth" (
    "id" UUID NOT NULL,
    "fairId" UUID NOT NULL,
    "zoneId" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "organisationId" UUID,
    "x" INTEGER NOT NULL DEFAULT 0,
    "y" INTEGER NOT NULL DEFAULT 0,
    "width" INTEGER NOT NULL DEFAULT 30,
    "height" INTEGER NOT NULL DEFAULT 30,
    "leadCode" TEXT NOT NULL,

    CONSTRAINT "Booth_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Lead" (
    "id" UUID NOT NULL,
    "boothId" UUID NOT NULL,
    "fairId" UUID NOT NULL,
    "organisationId" UUID NOT NULL,
    "accountId" UUID NOT NULL,
    "consentId" UUID NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Lead_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Event" (
    "id" UUID NOT NULL,
    "seq" BIGSERIAL NOT NULL,
    "position" BIGINT,
    "type" TEXT NOT NULL,
    "scopeKind" "ScopeKind" NOT NULL,
    "scopeId" UUID,
    "actorId" UUID,
    "data" JSONB NOT NULL,
    "happenedAt" TIMESTAMPTZ(3) NOT NULL,
    "recordedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "Event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RelayState" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "position" BIGINT NOT NULL DEFAULT 0,
    "logId" UUID NOT NULL DEFAULT gen_random_uuid(),

    CONSTRAINT "RelayState_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Consumer" (
    "name" TEXT NOT NULL,
    "position" BIGINT NOT NULL DEFAULT 0,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Consumer_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "Fair" (
    "id" UUID NOT NULL,
    "organiserId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "campaign" TEXT NOT NULL DEFAULT '',
    "theme" TEXT NOT NULL DEFAULT '',
    "description" TEXT NOT NULL DEFAULT '',
    "channel" "FairChannel" NOT NULL,
    "status" "FairStatus" NOT NULL DEFAULT 'draft',
    "isTemplate" BOOLEAN NOT NULL DEFAULT false,
    "venueName" TEXT NOT NULL DEFAULT '',
    "venueAddress" TEXT NOT NULL DEFAULT '',
    "regionCode" CHAR(6) NOT NULL,
    "latitude" DOUBLE PRECISION,
    "longitude" DOUBLE PRECISION,
    "timeZone" TEXT NOT NULL DEFAULT 'Asia/Shanghai',
    "startsAt" TIMESTAMPTZ(3) NOT NULL,
    "endsAt" TIMESTAMPTZ(3) NOT NULL,
    "quota" INTEGER,
    "registered" INTEGER NOT NULL DEFAULT 0,
    "coverFileId" UUID,
    "clonedFromId" UUID,
    "statusReason" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Fair_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Zone" (
    "id" UUID NOT NULL,
    "fairId" UUID NOT NULL,
    "parentId" UUID,
    "letter" TEXT NOT NULL DEFAULT '',
    "name" TEXT NOT NULL,
    "approvedNumber" INTEGER NOT NULL,
    "x" INTEGER NOT NULL DEFAULT 0,
    "y" INTEGER NOT NULL DEFAULT 0,
    "width" INTEGER NOT NULL DEFAULT 0,
    "height" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "Zone_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AgendaSession" (
    "id" UUID NOT NULL,
    "fairId" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "speaker" TEXT NOT NULL DEFAULT '',
    "place" TEXT NOT NULL DEFAULT '',
    "startsAt" TIMESTAMPTZ(3) NOT NULL,
    "endsAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "AgendaSession_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ScheduleChange" (
    "id" UUID NOT NULL,
    "fairId" UUID NOT NULL,
    "fromStartsAt" TIMESTAMPTZ(3) NOT NULL,
    "fromEndsAt" TIMESTAMPTZ(3) NOT NULL,
    "fromVenue" TEXT NOT NULL,
    "toStartsAt" TIMESTAMPTZ(3) NOT NULL,
    "toEndsAt" TIMESTAMPTZ(3) NOT NULL,
    "toVenue" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "actorId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ScheduleChange_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Organisation" (
    "id" UUID NOT NULL,
    "kind" "OrganisationKind" NOT NULL,
    "name" TEXT NOT NULL,
    "regionCode" CHAR(6) NOT NULL,
    "department" TEXT,
    "creditCode" TEXT,
    "about" TEXT NOT NULL DEFAULT '',
    "status" "OrganisationStatus" NOT NULL DEFAULT 'active',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Organisation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Licence" (
    "id" UUID NOT NULL,
    "organisationId" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "expiresOn" DATE NOT NULL,
    "fileId" UUID NOT NULL,
    "status" "LicenceStatus" NOT NULL DEFAULT 'pending',
    "reviewedById" UUID,
    "reviewerOrganisationId" UUID,
    "reviewedAt" TIMESTAMPTZ(3),
    "reason" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Licence_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Account" (
    "id" UUID NOT NULL,
    "kind" "AccountKind" NOT NULL,
    "loginName" TEXT,
    "passwordHash" TEXT,
    "displayName" TEXT NOT NULL DEFAULT '',
    "platformAdmin" BOOLEAN NOT NULL DEFAULT false,
    "disabledAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PersonalData" (
    "accountId" UUID NOT NULL,
    "keySealed" BYTEA,
    "nameSealed" BYTEA,
    "phoneSealed" BYTEA,
    "idNumberSealed" BYTEA,
    "phoneHash" TEXT,
    "idNumberHash" TEXT,
    "erasedAt" TIMESTAMPTZ(3),
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "PersonalData_pkey" PRIMARY KEY ("accountId")
);

-- CreateTable
CREATE TABLE "Membership" (
    "id" UUID NOT NULL,
    "accountId" UUID NOT NULL,
    "organisationId" UUID NOT NULL,
    "role" "MembershipRole" NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Membership_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RefreshToken" (
    "id" UUID NOT NULL,
    "accountId" UUID NOT NULL,
    "familyId" UUID NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "usedAt" TIMESTAMPTZ(3),
    "revokedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "RefreshToken_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "OneTimeLink" (
    "id" UUID NOT NULL,
    "purpose" "LinkPurpose" NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "organisationId" UUID,
    "role" "MembershipRole",
    "accountId" UUID,
    "createdById" UUID,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "usedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "OneTimeLink_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PhoneCode" (
    "id" UUID NOT NULL,
    "phoneHash" TEXT NOT NULL,
    "codeHash" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "usedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "PhoneCode_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Consent" (
    "id" UUID NOT NULL,
    "accountId" UUID NOT NULL,
    "organisationId" UUID NOT NULL,
    "purpose" "ConsentPurpose" NOT NULL,
    "wording" TEXT NOT NULL,
    "givenAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "withdrawnAt" TIMESTAMPTZ(3),

    CONSTRAINT "Consent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Profile" (
    "accountId" UUID NOT NULL,
    "education" TEXT NOT NULL DEFAULT '',
    "experienceYears" INTEGER,
    "wish" TEXT NOT NULL DEFAULT '',
    "regionCode" CHAR(6),
    "cvFileId" UUID,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Profile_pkey" PRIMARY KEY ("accountId")
);

-- CreateTable
CREATE TABLE "AuditEntry" (
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actorKind" TEXT NOT NULL,
    "actorId" UUID,
    "organisationId" UUID,
    "action" TEXT NOT NULL,
    "subjectKind" TEXT NOT NULL,
    "subjectId" UUID,
    "reason" TEXT,
    "details" JSONB NOT NULL DEFAULT '{}',
    "requestId" TEXT,

    CONSTRAINT "AuditEntry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "FairTotal" (
    "fairId" UUID NOT NULL,
    "registered" INTEGER NOT NULL DEFAULT 0,
    "visitors" INTEGER NOT NULL DEFAULT 0,
    "inside" INTEGER NOT NULL DEFAULT 0,
    "entered" INTEGER NOT NULL DEFAULT 0,
    "left" INTEGER NOT NULL DEFAULT 0,
    "refused" INTEGER NOT NULL DEFAULT 0,
    "peakInside" INTEGER NOT NULL DEFAULT 0,
    "peakAt" TIMESTAMPTZ(3),
    "applications" INTEGER NOT NULL DEFAULT 0,
    "leads" INTEGER NOT NULL DEFAULT 0,
    "position" BIGINT NOT NULL DEFAULT 0,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "FairTotal_pkey" PRIMARY KEY ("fairId")
);

-- CreateTable
CREATE TABLE "ZoneTotal" (
    "zoneId" UUID NOT NULL,
    "fairId" UUID NOT NULL,
    "inside" INTEGER NOT NULL DEFAULT 0,
    "entered" INTEGER NOT NULL DEFAULT 0,
    "left" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "ZoneTotal_pkey" PRIMARY KEY ("zoneId")
);

-- CreateTable
CREATE TABLE "GateMinute" (
    "gateId" UUID NOT NULL,
    "minute" TIMESTAMPTZ(0) NOT NULL,
    "fairId" UUID NOT NULL,
    "entered" INTEGER NOT NULL DEFAULT 0,
    "left" INTEGER NOT NULL DEFAULT 0,
    "refused" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "GateMinute_pkey" PRIMARY KEY ("gateId","minute")
);

-- CreateTable
CREATE TABLE "GateTotal" (
    "gateId" UUID NOT NULL,
    "fairId" UUID NOT NULL,
    "entered" INTEGER NOT NULL DEFAULT 0,
    "left" INTEGER NOT NULL DEFAULT 0,
    "refused" INTEGER NOT NULL DEFAULT 0,
    "lastScanAt" TIMESTAMPTZ(3),

    CONSTRAINT "GateTotal_pkey" PRIMARY KEY ("gateId")
);

-- CreateTable
CREATE TABLE "RefusalTotal" (
    "fairId" UUID NOT NULL,
    "reason" TEXT NOT NULL,
    "count" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "RefusalTotal_pkey" PRIMARY KEY ("fairId","reason")
);

-- CreateTable
CREATE TABLE "BoothTotal" (
    "fairId" UUID NOT NULL,
    "organisationId" UUID NOT NULL,
    "applications" INTEGER NOT NULL DEFAULT 0,
    "leads" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "BoothTotal_pkey" PRIMARY KEY ("fairId","organisationId")
);

-- CreateTable
CREATE TABLE "Alert" (
    "id" UUID NOT NULL,
    "fairId" UUID NOT NULL,
    "zoneId" UUID,
    "level" TEXT NOT NULL,
    "inside" INTEGER NOT NULL,
    "approved" INTEGER NOT NULL,
    "raisedAt" TIMESTAMPTZ(3) NOT NULL,
    "clearedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Alert_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "VisitorDay" (
    "fairId" UUID NOT NULL,
    "day" DATE NOT NULL,
    "ticketId" UUID NOT NULL,

    CONSTRAINT "VisitorDay_pkey" PRIMARY KEY ("fairId","day","ticketId")
);

-- CreateTable
CREATE TABLE "DayTotal" (
    "fairId" UUID NOT NULL,
    "day" DATE NOT NULL,
    "visitors" INTEGER NOT NULL DEFAULT 0,
    "entered" INTEGER NOT NULL DEFAULT 0,
    "left" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "DayTotal_pkey" PRIMARY KEY ("fairId","day")
);

-- CreateTable
CREATE TABLE "FairMinute" (
    "fairId" UUID NOT NULL,
    "minute" TIMESTAMPTZ(0) NOT NULL,
    "entered" INTEGER NOT NULL DEFAULT 0,
    "left" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "FairMinute_pkey" PRIMARY KEY ("fairId","minute")
);

-- CreateTable
CREATE TABLE "Job" (
    "id" UUID NOT NULL,
    "organisationId" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "headCount" INTEGER NOT NULL,
    "conditions" TEXT NOT NULL,
    "content" TEXT NOT NULL,
    "place" TEXT NOT NULL,
    "regionCode" CHAR(6) NOT NULL,
    "payMin" INTEGER NOT NULL,
    "payMax" INTEGER NOT NULL,
    "payUnit" "PayUnit" NOT NULL DEFAULT 'month',
    "payTerms" TEXT NOT NULL,
    "validUntil" DATE NOT NULL,
    "tags" TEXT[],
    "status" "JobStatus" NOT NULL DEFAULT 'draft',
    "search" tsvector,
    "publishedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Job_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "FairJob" (
    "fairId" UUID NOT NULL,
    "jobId" UUID NOT NULL,
    "boothId" UUID,

    CONSTRAINT "FairJob_pkey" PRIMARY KEY ("fairId","jobId")
);

-- CreateTable
CREATE TABLE "Application" (
    "id" UUID NOT NULL,
    "jobId" UUID NOT NULL,
    "fairId" UUID,
    "organisationId" UUID NOT NULL,
    "accountId" UUID NOT NULL,
    "consentId" UUID NOT NULL,
    "cvFileId" UUID,
    "note" TEXT NOT NULL DEFAULT '',
    "source" "ApplicationSource" NOT NULL DEFAULT 'page',
    "status" "ApplicationStatus" NOT NULL DEFAULT 'submitted',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Application_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "StoredFile" (
    "id" UUID NOT NULL,
    "kind" "FileKind" NOT NULL,
    "organisationId" UUID,
    "accountId" UUID,
    "name" TEXT NOT NULL,
    "mediaType" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "sha256" TEXT NOT NULL,
    "storageKey" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "StoredFile_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Timer" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "dueAt" TIMESTAMPTZ(3) NOT NULL,
    "data" JSONB NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "doneAt" TIMESTAMPTZ(3),

    CONSTRAINT "Timer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Message" (
    "id" UUID NOT NULL,
    "cause" TEXT NOT NULL,
    "accountId" UUID,
    "phoneSealed" BYTEA,
    "textSealed" BYTEA,
    "status" "MessageStatus" NOT NULL DEFAULT 'waiting',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "nextAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "error" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sentAt" TIMESTAMPTZ(3),

    CONSTRAINT "Message_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Ticket" (
    "id" UUID NOT NULL,
    "fairId" UUID NOT NULL,
    "accountId" UUID,
    "kind" "TicketKind" NOT NULL DEFAULT 'visitor',
    "shortCode" CHAR(8) NOT NULL,
    "zoneIds" UUID[],
    "status" "TicketStatus" NOT NULL DEFAULT 'valid',
    "validFrom" TIMESTAMPTZ(3) NOT NULL,
    "validUntil" TIMESTAMPTZ(3) NOT NULL,
    "revokedReason" TEXT,
    "requestKey" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Ticket_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SigningKey" (
    "id" INTEGER NOT NULL,
    "publicKey" BYTEA NOT NULL,
    "privateKeySealed" BYTEA NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "retiredAt" TIMESTAMPTZ(3),

    CONSTRAINT "SigningKey_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Gate_fairId_name_key" ON "Gate"("fairId", "name");

-- CreateIndex
CREATE UNIQUE INDEX "Device_tokenHash_key" ON "Device"("tokenHash");

-- CreateIndex
CREATE INDEX "Device_fairId_idx" ON "Device"("fairId");

-- CreateIndex
CREATE UNIQUE INDEX "DevicePairing_codeHash_key" ON "DevicePairing"("codeHash");

-- CreateIndex
CREATE INDEX "Scan_fairId_recordedAt_idx" ON "Scan"("fairId", "recordedAt");

-- CreateIndex
CREATE INDEX "Scan_ticketId_idx" ON "Scan"("ticketId");

-- CreateIndex
CREATE INDEX "CheckIn_fairId_recordedAt_idx" ON "CheckIn"("fairId", "recordedAt");

-- CreateIndex
CREATE INDEX "CheckIn_ticketId_recordedAt_idx" ON "CheckIn"("ticketId", "recordedAt");

-- CreateIndex
CREATE INDEX "Presence_zoneId_idx" ON "Presence"("zoneId");

-- CreateIndex
CREATE INDEX "ZoneState_fairId_idx" ON "ZoneState"("fairId");

-- CreateIndex
CREATE INDEX "BoothApplication_fairId_status_idx" ON "BoothApplication"("fairId", "status");

-- CreateIndex
CREATE UNIQUE INDEX "BoothApplication_fairId_organisationId_key" ON "BoothApplication"("fairId", "organisationId");

-- CreateIndex
CREATE UNIQUE INDEX "Booth_leadCode_key" ON "Booth"("leadCode");

-- CreateIndex
CREATE UNIQUE INDEX "Booth_fairId_number_key" ON "Booth"("fairId", "number");

-- CreateIndex
CREATE UNIQUE INDEX "Booth_fairId_organisationId_key" ON "Booth"("fairId", "organisationId");

-- CreateIndex
CREATE INDEX "Lead_organisationId_createdAt_idx" ON "Lead"("organisationId", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "Lead_boothId_organisationId_accountId_key" ON "Lead"("boothId", "organisationId", "accountId");

-- CreateIndex
CREATE UNIQUE INDEX "Event_seq_key" ON "Event"("seq");

-- CreateIndex
CREATE UNIQUE INDEX "Event_position_key" ON "Event"("position");

-- CreateIndex
CREATE INDEX "Event_position_seq_idx" ON "Event"("position", "seq");

-- CreateIndex
CREATE INDEX "Event_scopeId_position_idx" ON "Event"("scopeId", "position");

-- CreateIndex
CREATE INDEX "Fair_organiserId_startsAt_idx" ON "Fair"("organiserId", "startsAt");

-- CreateIndex
CREATE INDEX "Fair_status_startsAt_idx" ON "Fair"("status", "startsAt");

-- CreateIndex
CREATE INDEX "Zone_fairId_idx" ON "Zone"("fairId");

-- CreateIndex
CREATE UNIQUE INDEX "Zone_fairId_letter_key" ON "Zone"("fairId", "letter");

-- CreateIndex
CREATE INDEX "AgendaSession_fairId_startsAt_idx" ON "AgendaSession"("fairId", "startsAt");

-- CreateIndex
CREATE INDEX "ScheduleChange_fairId_at_idx" ON "ScheduleChange"("fairId", "at");

-- CreateIndex
CREATE UNIQUE INDEX "Organisation_creditCode_key" ON "Organisation"("creditCode");

-- CreateIndex
CREATE INDEX "Organisation_kind_regionCode_idx" ON "Organisation"("kind", "regionCode");

-- CreateIndex
CREATE INDEX "Licence_organisationId_createdAt_idx" ON "Licence"("organisationId", "createdAt");

-- CreateIndex
CREATE INDEX "Licence_status_createdAt_idx" ON "Licence"("status", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "Account_loginName_key" ON "Account"("loginName");

-- CreateIndex
CREATE UNIQUE INDEX "PersonalData_phoneHash_key" ON "PersonalData"("phoneHash");

-- CreateIndex
CREATE UNIQUE INDEX "PersonalData_idNumberHash_key" ON "PersonalData"("idNumberHash");

-- CreateIndex
CREATE INDEX "Membership_organisationId_idx" ON "Membership"("organisationId");

-- CreateIndex
CREATE UNIQUE INDEX "Membership_accountId_organisationId_key" ON "Membership"("accountId", "organisationId");

-- CreateIndex
CREATE UNIQUE INDEX "RefreshToken_tokenHash_key" ON "RefreshToken"("tokenHash");

-- CreateIndex
CREATE INDEX "RefreshToken_familyId_idx" ON "RefreshToken"("familyId");

-- CreateIndex
CREATE INDEX "RefreshToken_accountId_idx" ON "RefreshToken"("accountId");

-- CreateIndex
CREATE UNIQUE INDEX "OneTimeLink_tokenHash_key" ON "OneTimeLink"("tokenHash");

-- CreateIndex
CREATE INDEX "PhoneCode_phoneHash_createdAt_idx" ON "PhoneCode"("phoneHash", "createdAt");

-- CreateIndex
CREATE INDEX "Consent_organisationId_idx" ON "Consent"("organisationId");

-- CreateIndex
CREATE UNIQUE INDEX "Consent_accountId_organisationId_purpose_key" ON "Consent"("accountId", "organisationId", "purpose");

-- CreateIndex
CREATE INDEX "AuditEntry_organisationId_at_idx" ON "AuditEntry"("organisationId", "at");

-- CreateIndex
CREATE INDEX "AuditEntry_subjectId_idx" ON "AuditEntry"("subjectId");

-- CreateIndex
CREATE INDEX "ZoneTotal_fairId_idx" ON "ZoneTotal"("fairId");

-- CreateIndex
CREATE INDEX "GateMinute_fairId_minute_idx" ON "GateMinute"("fairId", "minute");

-- CreateIndex
CREATE INDEX "GateTotal_fairId_idx" ON "GateTotal"("fairId");

-- CreateIndex
CREATE INDEX "Alert_fairId_clearedAt_idx" ON "Alert"("fairId", "clearedAt");

-- CreateIndex
CREATE INDEX "Job_organisationId_idx" ON "Job"("organisationId");

-- CreateIndex
CREATE INDEX "Job_status_publishedAt_idx" ON "Job"("status", "publishedAt");

-- CreateIndex
CREATE INDEX "Job_search_idx" ON "Job" USING GIN ("search");

-- CreateIndex
CREATE INDEX "FairJob_jobId_idx" ON "FairJob"("jobId");

-- CreateIndex
CREATE INDEX "Application_organisationId_createdAt_idx" ON "Application"("organisationId", "createdAt");

-- CreateIndex
CREATE INDEX "Application_accountId_createdAt_idx" ON "Application"("accountId", "createdAt");

-- CreateIndex
CREATE INDEX "Application_fairId_idx" ON "Application"("fairId");

-- CreateIndex
CREATE UNIQUE INDEX "Application_jobId_accountId_key" ON "Application"("jobId", "accountId");

-- CreateIndex
CREATE UNIQUE INDEX "StoredFile_storageKey_key" ON "StoredFile"("storageKey");

-- CreateIndex
CREATE INDEX "StoredFile_organisationId_idx" ON "StoredFile"("organisationId");

-- CreateIndex
CREATE INDEX "StoredFile_accountId_idx" ON "StoredFile"("accountId");

-- CreateIndex
CREATE INDEX "Timer_doneAt_dueAt_idx" ON "Timer"("doneAt", "dueAt");

-- CreateIndex
CREATE UNIQUE INDEX "Timer_name_key_key" ON "Timer"("name", "key");

-- CreateIndex
CREATE UNIQUE INDEX "Message_cause_key" ON "Message"("cause");

-- CreateIndex
CREATE INDEX "Message_status_nextAt_idx" ON "Message"("status", "nextAt");

-- CreateIndex
CREATE UNIQUE INDEX "Ticket_requestKey_key" ON "Ticket"("requestKey");

-- CreateIndex
CREATE INDEX "Ticket_accountId_idx" ON "Ticket"("accountId");

-- CreateIndex
CREATE UNIQUE INDEX "Ticket_fairId_shortCode_key" ON "Ticket"("fairId", "shortCode");

-- CreateIndex
CREATE UNIQUE INDEX "Ticket_fairId_accountId_key" ON "Ticket"("fairId", "accountId");

-- AddForeignKey
ALTER TABLE "Device" ADD CONSTRAINT "Device_gateId_fkey" FOREIGN KEY ("gateId") REFERENCES "Gate"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Lead" ADD CONSTRAINT "Lead_boothId_fkey" FOREIGN KEY ("boothId") REFERENCES "Booth"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Zone" ADD CONSTRAINT "Zone_fairId_fkey" FOREIGN KEY ("fairId") REFERENCES "Fair"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AgendaSession" ADD CONSTRAINT "AgendaSession_fairId_fkey" FOREIGN KEY ("fairId") REFERENCES "Fair"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ScheduleChange" ADD CONSTRAINT "ScheduleChange_fairId_fkey" FOREIGN KEY ("fairId") REFERENCES "Fair"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Licence" ADD CONSTRAINT "Licence_organisationId_fkey" FOREIGN KEY ("organisationId") REFERENCES "Organisation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PersonalData" ADD CONSTRAINT "PersonalData_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Membership" ADD CONSTRAINT "Membership_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Membership" ADD CONSTRAINT "Membership_organisationId_fkey" FOREIGN KEY ("organisationId") REFERENCES "Organisation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "FairJob" ADD CONSTRAINT "FairJob_jobId_fkey" FOREIGN KEY ("jobId") REFERENCES "Job"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Application" ADD CONSTRAINT "Application_jobId_fkey" FOREIGN KEY ("jobId") REFERENCES "Job"("id") ON DELETE RESTRICT ON UPDATE CASCADE;


