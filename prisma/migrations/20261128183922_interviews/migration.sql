-- CreateEnum
CREATE TYPE "QueueStatus" AS ENUM ('open', 'paused', 'closed');

-- CreateEnum
CREATE TYPE "PlaceMode" AS ENUM ('online', 'onSite');

-- CreateEnum
CREATE TYPE "PlaceStatus" AS ENUM ('waiting', 'called', 'missed', 'interviewing', 'done', 'left', 'dropped');

-- CreateEnum
CREATE TYPE "SlotStatus" AS ENUM ('open', 'booked', 'running', 'done', 'missed', 'cancelled');

-- CreateEnum
CREATE TYPE "InterviewStatus" AS ENUM ('called', 'running', 'ended', 'missed', 'cancelled');

-- CreateEnum
CREATE TYPE "InterviewOutcome" AS ENUM ('nextRound', 'offerIntent', 'unsuited');

-- AlterEnum
-- This migration adds more than one value to an enum.
-- With PostgreSQL versions 11 and earlier, this is not possible
-- in a single migration. This can be worked around by creating
-- multiple migrations, each migration adding only one value to
-- the enum.


ALTER TYPE "ConsentPurpose" ADD VALUE 'interview';
ALTER TYPE "ConsentPurpose" ADD VALUE 'station';

-- AlterEnum
ALTER TYPE "MembershipRole" ADD VALUE 'stationClerk';

-- CreateTable
CREATE TABLE "Queue" (
    "id" UUID NOT NULL,
    "fairId" UUID NOT NULL,
    "boothId" UUID NOT NULL,
    "organisationId" UUID NOT NULL,
    "status" "QueueStatus" NOT NULL DEFAULT 'open',
    "limit" INTEGER,
    "minutes" INTEGER NOT NULL DEFAULT 8,
    "lastSeq" INTEGER NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Queue_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "QueuePlace" (
    "id" UUID NOT NULL,
    "queueId" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "accountId" UUID NOT NULL,
    "jobId" UUID,
    "stationId" UUID,
    "mode" "PlaceMode" NOT NULL,
    "status" "PlaceStatus" NOT NULL DEFAULT 'waiting',
    "until" TIMESTAMPTZ(3),
    "missed" INTEGER NOT NULL DEFAULT 0,
    "earliest" INTEGER,
    "latest" INTEGER,
    "joinedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "calledAt" TIMESTAMPTZ(3),
    "closedAt" TIMESTAMPTZ(3),
    "reason" TEXT,

    CONSTRAINT "QueuePlace_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Slot" (
    "id" UUID NOT NULL,
    "fairId" UUID NOT NULL,
    "boothId" UUID NOT NULL,
    "organisationId" UUID NOT NULL,
    "jobId" UUID,
    "recruiterId" UUID NOT NULL,
    "status" "SlotStatus" NOT NULL DEFAULT 'open',
    "startsAt" TIMESTAMPTZ(3) NOT NULL,
    "endsAt" TIMESTAMPTZ(3) NOT NULL,
    "expectedAt" TIMESTAMPTZ(3) NOT NULL,
    "toldAt" TIMESTAMPTZ(3),
    "cancelReason" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Slot_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Booking" (
    "id" UUID NOT NULL,
    "slotId" UUID NOT NULL,
    "accountId" UUID NOT NULL,
    "stationId" UUID,
    "bookedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "endedAt" TIMESTAMPTZ(3),
    "reason" TEXT,

    CONSTRAINT "Booking_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Interview" (
    "id" UUID NOT NULL,
    "fairId" UUID NOT NULL,
    "boothId" UUID NOT NULL,
    "organisationId" UUID NOT NULL,
    "jobId" UUID,
    "accountId" UUID NOT NULL,
    "stationId" UUID,
    "placeId" UUID,
    "bookingId" UUID,
    "mode" "PlaceMode" NOT NULL,
    "status" "InterviewStatus" NOT NULL DEFAULT 'called',
    "leaderId" UUID NOT NULL,
    "roomId" UUID,
    "minutes" INTEGER NOT NULL,
    "extended" INTEGER NOT NULL DEFAULT 0,
    "calledAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "callUntil" TIMESTAMPTZ(3),
    "startedAt" TIMESTAMPTZ(3),
    "endsAt" TIMESTAMPTZ(3),
    "endedAt" TIMESTAMPTZ(3),
    "lastSeq" INTEGER NOT NULL DEFAULT 0,
    "recordingAsked" BOOLEAN NOT NULL DEFAULT false,
    "outcome" "InterviewOutcome",
    "reasonSealed" BYTEA,
    "decidedById" UUID,
    "decidedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Interview_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Interviewer" (
    "interviewId" UUID NOT NULL,
    "accountId" UUID NOT NULL,
    "joinedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Interviewer_pkey" PRIMARY KEY ("interviewId","accountId")
);

-- CreateTable
CREATE TABLE "RecordingAnswer" (
    "id" UUID NOT NULL,
    "interviewId" UUID NOT NULL,
    "accountId" UUID NOT NULL,
    "yes" BOOLEAN NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "RecordingAnswer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "InterviewMessage" (
    "id" UUID NOT NULL,
    "interviewId" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "accountId" UUID NOT NULL,
    "textSealed" BYTEA NOT NULL,
    "sentAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "InterviewMessage_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Criterion" (
    "jobId" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "place" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "weight" INTEGER NOT NULL,

    CONSTRAINT "Criterion_pkey" PRIMARY KEY ("jobId","key")
);

-- CreateTable
CREATE TABLE "ScoreSheet" (
    "interviewId" UUID NOT NULL,
    "accountId" UUID NOT NULL,
    "scores" JSONB NOT NULL,
    "noteSealed" BYTEA,
    "recommends" "InterviewOutcome",
    "savedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ScoreSheet_pkey" PRIMARY KEY ("interviewId","accountId")
);

-- CreateTable
CREATE TABLE "StationPerson" (
    "stationId" UUID NOT NULL,
    "accountId" UUID NOT NULL,
    "registeredBy" UUID NOT NULL,
    "consentId" UUID NOT NULL,
    "registeredAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "leftAt" TIMESTAMPTZ(3),

    CONSTRAINT "StationPerson_pkey" PRIMARY KEY ("stationId","accountId")
);

-- CreateIndex
CREATE INDEX "Queue_fairId_idx" ON "Queue"("fairId");

-- CreateIndex
CREATE UNIQUE INDEX "Queue_boothId_organisationId_key" ON "Queue"("boothId", "organisationId");

-- CreateIndex
CREATE INDEX "QueuePlace_accountId_status_idx" ON "QueuePlace"("accountId", "status");

-- CreateIndex
CREATE UNIQUE INDEX "QueuePlace_queueId_seq_key" ON "QueuePlace"("queueId", "seq");

-- CreateIndex
CREATE INDEX "Slot_boothId_startsAt_idx" ON "Slot"("boothId", "startsAt");

-- CreateIndex
CREATE INDEX "Slot_recruiterId_startsAt_idx" ON "Slot"("recruiterId", "startsAt");

-- CreateIndex
CREATE INDEX "Slot_organisationId_startsAt_idx" ON "Slot"("organisationId", "startsAt");

-- CreateIndex
CREATE INDEX "Booking_accountId_endedAt_idx" ON "Booking"("accountId", "endedAt");

-- CreateIndex
CREATE INDEX "Booking_slotId_idx" ON "Booking"("slotId");

-- CreateIndex
CREATE UNIQUE INDEX "Interview_placeId_key" ON "Interview"("placeId");

-- CreateIndex
CREATE UNIQUE INDEX "Interview_bookingId_key" ON "Interview"("bookingId");

-- CreateIndex
CREATE UNIQUE INDEX "Interview_roomId_key" ON "Interview"("roomId");

-- CreateIndex
CREATE INDEX "Interview_organisationId_calledAt_idx" ON "Interview"("organisationId", "calledAt");

-- CreateIndex
CREATE INDEX "Interview_accountId_calledAt_idx" ON "Interview"("accountId", "calledAt");

-- CreateIndex
CREATE INDEX "Interview_boothId_status_idx" ON "Interview"("boothId", "status");

-- CreateIndex
CREATE INDEX "Interviewer_accountId_idx" ON "Interviewer"("accountId");

-- CreateIndex
CREATE INDEX "RecordingAnswer_interviewId_accountId_idx" ON "RecordingAnswer"("interviewId", "accountId");

-- CreateIndex
CREATE UNIQUE INDEX "InterviewMessage_interviewId_seq_key" ON "InterviewMessage"("interviewId", "seq");

-- CreateIndex
CREATE INDEX "StationPerson_accountId_idx" ON "StationPerson"("accountId");

-- AddForeignKey
ALTER TABLE "QueuePlace" ADD CONSTRAINT "QueuePlace_queueId_fkey" FOREIGN KEY ("queueId") REFERENCES "Queue"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Booking" ADD CONSTRAINT "Booking_slotId_fkey" FOREIGN KEY ("slotId") REFERENCES "Slot"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Interviewer" ADD CONSTRAINT "Interviewer_interviewId_fkey" FOREIGN KEY ("interviewId") REFERENCES "Interview"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RecordingAnswer" ADD CONSTRAINT "RecordingAnswer_interviewId_fkey" FOREIGN KEY ("interviewId") REFERENCES "Interview"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "InterviewMessage" ADD CONSTRAINT "InterviewMessage_interviewId_fkey" FOREIGN KEY ("interviewId") REFERENCES "Interview"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ScoreSheet" ADD CONSTRAINT "ScoreSheet_interviewId_fkey" FOREIGN KEY ("interviewId") REFERENCES "Interview"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- One place that counts a queue and person.
CREATE UNIQUE INDEX "QueuePlace_standing_key" ON "QueuePlace" ("queueId", "accountId") WHERE status IN ('waiting', 'called', 'missed', 'interviewing');
-- Nobody is called to, or stands in, two rooms.
CREATE UNIQUE INDEX "Interview_candidate_key" ON "Interview" ("accountId") WHERE status IN ('called', 'running');
CREATE UNIQUE INDEX "Interview_leader_key" ON "Interview" ("leaderId") WHERE status IN ('called', 'running');
-- One booking that counts a slot.
CREATE UNIQUE INDEX "Booking_standing_key" ON "Booking" ("slotId") WHERE "endedAt" IS NULL;
