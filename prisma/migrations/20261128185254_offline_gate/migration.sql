-- AlterEnum
-- This migration adds more than one value to an enum.
-- With PostgreSQL versions 11 and earlier, this is not possible
-- in a single migration. This can be worked around by creating
-- multiple migrations, each migration adding only one value to
-- the enum.


ALTER TYPE "TicketKind" ADD VALUE 'child';
ALTER TYPE "TicketKind" ADD VALUE 'group';

-- AlterTable
ALTER TABLE "CheckIn" ADD COLUMN     "arrived" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "mark" TEXT,
ADD COLUMN     "offline" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "order" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "persons" INTEGER NOT NULL DEFAULT 1;

-- AlterTable
ALTER TABLE "Device" ADD COLUMN     "clockOffsetMs" INTEGER,
ADD COLUMN     "clockWrong" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "leaseSequence" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "publicKey" BYTEA,
ADD COLUMN     "uploadSequence" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "uploadedOrder" BIGINT NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "Presence" ADD COLUMN     "persons" INTEGER NOT NULL DEFAULT 1;

-- AlterTable
ALTER TABLE "Ticket" ADD COLUMN     "size" INTEGER NOT NULL DEFAULT 1;

-- AlterTable
ALTER TABLE "ZoneState" ADD COLUMN     "bodies" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "held" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "GateLease" (
    "id" UUID NOT NULL,
    "fairId" UUID NOT NULL,
    "gateId" UUID NOT NULL,
    "deviceId" UUID NOT NULL,
    "zoneIds" UUID[],
    "places" INTEGER NOT NULL,
    "used" INTEGER NOT NULL DEFAULT 0,
    "bodies" INTEGER NOT NULL DEFAULT 0,
    "held" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "sequence" INTEGER NOT NULL,
    "grantedAt" TIMESTAMPTZ(3) NOT NULL,
    "endsAt" TIMESTAMPTZ(3) NOT NULL,
    "recalledAt" TIMESTAMPTZ(3),
    "settledById" UUID,
    "reason" TEXT,

    CONSTRAINT "GateLease_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "GateConflict" (
    "id" UUID NOT NULL,
    "fairId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "scanId" UUID NOT NULL,
    "otherScanId" UUID,
    "ticketId" UUID,
    "persons" INTEGER NOT NULL,
    "held" INTEGER NOT NULL DEFAULT 0,
    "heldZoneIds" UUID[],
    "raisedAt" TIMESTAMPTZ(3) NOT NULL,
    "decision" TEXT,
    "decidedAt" TIMESTAMPTZ(3),
    "decidedById" UUID,
    "reason" TEXT,

    CONSTRAINT "GateConflict_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DeviceUpload" (
    "deviceId" UUID NOT NULL,
    "sequence" INTEGER NOT NULL,
    "recordId" UUID NOT NULL,
    "outcome" TEXT NOT NULL,
    "conflict" TEXT,

    CONSTRAINT "DeviceUpload_pkey" PRIMARY KEY ("deviceId","sequence")
);

-- CreateTable
CREATE TABLE "QuarantinedRecord" (
    "id" UUID NOT NULL,
    "fairId" UUID NOT NULL,
    "gateId" UUID NOT NULL,
    "deviceId" UUID NOT NULL,
    "sequence" INTEGER NOT NULL,
    "record" JSONB NOT NULL,
    "happenedAt" TIMESTAMPTZ(3) NOT NULL,
    "order" BIGINT NOT NULL,
    "receivedAt" TIMESTAMPTZ(3) NOT NULL,
    "decision" TEXT,
    "decidedAt" TIMESTAMPTZ(3),
    "decidedById" UUID,
    "reason" TEXT,

    CONSTRAINT "QuarantinedRecord_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ZoneCorrection" (
    "id" UUID NOT NULL,
    "fairId" UUID NOT NULL,
    "zoneId" UUID NOT NULL,
    "persons" INTEGER NOT NULL,
    "ticketId" UUID,
    "reason" TEXT NOT NULL,
    "byId" UUID,
    "order" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ZoneCorrection_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PresenceSweep" (
    "id" UUID NOT NULL,
    "fairId" UUID NOT NULL,
    "persons" INTEGER NOT NULL,
    "reason" TEXT NOT NULL,
    "byId" UUID,
    "order" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "PresenceSweep_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "GateRules" (
    "fairId" UUID NOT NULL,
    "reEntry" BOOLEAN NOT NULL DEFAULT true,
    "leaseMinutes" INTEGER NOT NULL DEFAULT 60,
    "leaseShare" INTEGER NOT NULL DEFAULT 50,

    CONSTRAINT "GateRules_pkey" PRIMARY KEY ("fairId")
);

-- CreateTable
CREATE TABLE "ForecastAlarm" (
    "zoneId" UUID NOT NULL,
    "fairId" UUID NOT NULL,
    "minutes" INTEGER NOT NULL,
    "raisedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ForecastAlarm_pkey" PRIMARY KEY ("zoneId")
);

-- CreateIndex
CREATE INDEX "GateLease_fairId_status_idx" ON "GateLease"("fairId", "status");

-- CreateIndex
CREATE INDEX "GateLease_deviceId_sequence_idx" ON "GateLease"("deviceId", "sequence");

-- CreateIndex
CREATE UNIQUE INDEX "GateConflict_scanId_key" ON "GateConflict"("scanId");

-- CreateIndex
CREATE INDEX "GateConflict_fairId_decision_idx" ON "GateConflict"("fairId", "decision");

-- CreateIndex
CREATE INDEX "GateConflict_ticketId_idx" ON "GateConflict"("ticketId");

-- CreateIndex
CREATE INDEX "DeviceUpload_recordId_idx" ON "DeviceUpload"("recordId");

-- CreateIndex
CREATE INDEX "QuarantinedRecord_fairId_decision_idx" ON "QuarantinedRecord"("fairId", "decision");

-- CreateIndex
CREATE INDEX "ZoneCorrection_fairId_at_idx" ON "ZoneCorrection"("fairId", "at");

-- CreateIndex
CREATE INDEX "PresenceSweep_fairId_order_idx" ON "PresenceSweep"("fairId", "order");

-- CreateIndex
CREATE INDEX "ForecastAlarm_fairId_idx" ON "ForecastAlarm"("fairId");

-- Records from before have the server's own order; every first one of a ticket came into the venue.
UPDATE "CheckIn" SET "order" = (extract(epoch FROM "recordedAt") * 1000000)::bigint, arrived = CASE WHEN direction = 'entry' THEN 1 ELSE 0 END;
