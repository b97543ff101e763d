-- CreateEnum
CREATE TYPE "ComplaintKind" AS ENUM ('fee', 'pay', 'fraud', 'discrimination', 'abuse', 'other');

-- CreateEnum
CREATE TYPE "ComplaintStatus" AS ENUM ('waiting', 'upheld', 'dismissed');

-- CreateTable
CREATE TABLE "Complaint" (
    "id" UUID NOT NULL,
    "broadcastId" UUID NOT NULL,
    "kind" "ComplaintKind" NOT NULL,
    "text" TEXT NOT NULL,
    "hostId" UUID,
    "messageId" UUID,
    "personKey" TEXT NOT NULL,
    "deviceId" UUID NOT NULL,
    "author" TEXT NOT NULL,
    "status" "ComplaintStatus" NOT NULL DEFAULT 'waiting',
    "reason" TEXT,
    "decidedAt" TIMESTAMPTZ(3),
    "byAccountId" UUID,
    "madeAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Complaint_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Complaint_broadcastId_status_madeAt_idx" ON "Complaint"("broadcastId", "status", "madeAt");

-- CreateIndex
CREATE INDEX "Complaint_personKey_idx" ON "Complaint"("personKey");

-- AddForeignKey
ALTER TABLE "Complaint" ADD CONSTRAINT "Complaint_broadcastId_fkey" FOREIGN KEY ("broadcastId") REFERENCES "Broadcast"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
