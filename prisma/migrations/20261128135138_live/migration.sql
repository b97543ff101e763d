-- CreateEnum
CREATE TYPE "BroadcastKind" AS ENUM ('talk', 'tour');

-- CreateEnum
CREATE TYPE "BroadcastStatus" AS ENUM ('scheduled', 'rehearsing', 'live', 'paused', 'ended', 'cancelled');

-- CreateEnum
CREATE TYPE "TourPlace" AS ENUM ('workshop', 'dormitory', 'canteen', 'contract');

-- CreateEnum
CREATE TYPE "MessageKind" AS ENUM ('chat', 'question');

-- CreateEnum
CREATE TYPE "ChatStatus" AS ENUM ('shown', 'held', 'removed');

-- CreateEnum
CREATE TYPE "SanctionKind" AS ENUM ('mute', 'ban');

-- CreateEnum
CREATE TYPE "HandStatus" AS ENUM ('raised', 'invited', 'onStage', 'lowered', 'declined', 'left');

-- CreateEnum
CREATE TYPE "CardSightWhat" AS ENUM ('saw', 'tapped');

-- CreateEnum
CREATE TYPE "HeldWordKind" AS ENUM ('fee', 'fraud', 'abuse');

-- CreateEnum
CREATE TYPE "RoomKind" AS ENUM ('broadcast', 'interview');

-- AlterEnum
ALTER TYPE "ApplicationSource" ADD VALUE 'broadcast';

-- AlterTable
ALTER TABLE "Application" ADD COLUMN     "broadcastId" UUID;

-- CreateTable
CREATE TABLE "Broadcast" (
    "id" UUID NOT NULL,
    "fairId" UUID NOT NULL,
    "boothId" UUID NOT NULL,
    "organisationId" UUID NOT NULL,
    "roomId" UUID NOT NULL,
    "kind" "BroadcastKind" NOT NULL DEFAULT 'talk',
    "status" "BroadcastStatus" NOT NULL DEFAULT 'scheduled',
    "title" TEXT NOT NULL,
    "coverFileId" UUID,
    "startsAt" TIMESTAMPTZ(3) NOT NULL,
    "endsAt" TIMESTAMPTZ(3) NOT NULL,
    "startedAt" TIMESTAMPTZ(3),
    "endedAt" TIMESTAMPTZ(3),
    "interruptedSince" TIMESTAMPTZ(3),
    "pinnedJobId" UUID,
    "slowModeSeconds" INTEGER NOT NULL DEFAULT 0,
    "likes" INTEGER NOT NULL DEFAULT 0,
    "peakViewers" INTEGER NOT NULL DEFAULT 0,
    "lastSeq" INTEGER NOT NULL DEFAULT 0,
    "stoppedReason" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Broadcast_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "BroadcastJob" (
    "broadcastId" UUID NOT NULL,
    "jobId" UUID NOT NULL,
    "place" INTEGER NOT NULL,

    CONSTRAINT "BroadcastJob_pkey" PRIMARY KEY ("broadcastId","jobId")
);

-- CreateTable
CREATE TABLE "BroadcastHost" (
    "broadcastId" UUID NOT NULL,
    "accountId" UUID NOT NULL,

    CONSTRAINT "BroadcastHost_pkey" PRIMARY KEY ("broadcastId","accountId")
);

-- CreateTable
CREATE TABLE "TourStop" (
    "broadcastId" UUID NOT NULL,
    "place" "TourPlace" NOT NULL,
    "shownAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "latitude" DOUBLE PRECISION,
    "longitude" DOUBLE PRECISION,
    "accuracy" DOUBLE PRECISION,

    CONSTRAINT "TourStop_pkey" PRIMARY KEY ("broadcastId","place")
);

-- CreateTable
CREATE TABLE "ChatMessage" (
    "id" UUID NOT NULL,
    "broadcastId" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "kind" "MessageKind" NOT NULL DEFAULT 'chat',
    "status" "ChatStatus" NOT NULL DEFAULT 'shown',
    "text" TEXT NOT NULL,
    "author" TEXT NOT NULL,
    "byHost" BOOLEAN NOT NULL DEFAULT false,
    "personKey" TEXT NOT NULL,
    "deviceId" UUID NOT NULL,
    "words" JSONB NOT NULL DEFAULT '[]',
    "answeredAt" TIMESTAMPTZ(3),
    "sentAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ChatMessage_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Sanction" (
    "id" UUID NOT NULL,
    "broadcastId" UUID NOT NULL,
    "kind" "SanctionKind" NOT NULL,
    "personKey" TEXT NOT NULL,
    "deviceId" UUID NOT NULL,
    "author" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "until" TIMESTAMPTZ(3),
    "liftedAt" TIMESTAMPTZ(3),
    "byAccountId" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Sanction_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Hand" (
    "id" UUID NOT NULL,
    "broadcastId" UUID NOT NULL,
    "accountId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "status" "HandStatus" NOT NULL DEFAULT 'raised',
    "raisedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "invitedAt" TIMESTAMPTZ(3),
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Hand_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CardPin" (
    "id" UUID NOT NULL,
    "broadcastId" UUID NOT NULL,
    "jobId" UUID NOT NULL,
    "pinnedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "unpinnedAt" TIMESTAMPTZ(3),

    CONSTRAINT "CardPin_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CardSight" (
    "broadcastId" UUID NOT NULL,
    "jobId" UUID NOT NULL,
    "what" "CardSightWhat" NOT NULL,
    "personKey" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "CardSight_pkey" PRIMARY KEY ("broadcastId","jobId","what","personKey")
);

-- CreateTable
CREATE TABLE "BroadcastViewer" (
    "broadcastId" UUID NOT NULL,
    "personKey" TEXT NOT NULL,
    "processId" UUID NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "BroadcastViewer_pkey" PRIMARY KEY ("broadcastId","personKey","processId")
);

-- CreateTable
CREATE TABLE "ViewerProcess" (
    "id" UUID NOT NULL,
    "seenAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ViewerProcess_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "BroadcastReminder" (
    "broadcastId" UUID NOT NULL,
    "accountId" UUID NOT NULL,
    "sentAt" TIMESTAMPTZ(3),

    CONSTRAINT "BroadcastReminder_pkey" PRIMARY KEY ("broadcastId","accountId")
);

-- CreateTable
CREATE TABLE "HeldWord" (
    "organiserId" UUID NOT NULL,
    "text" TEXT NOT NULL,
    "kind" "HeldWordKind" NOT NULL,

    CONSTRAINT "HeldWord_pkey" PRIMARY KEY ("organiserId","text")
);

-- CreateTable
CREATE TABLE "MediaNode" (
    "id" UUID NOT NULL,
    "url" TEXT NOT NULL,
    "capacity" INTEGER NOT NULL,
    "load" INTEGER NOT NULL DEFAULT 0,
    "draining" BOOLEAN NOT NULL DEFAULT false,
    "startedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "seenAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "MediaNode_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Room" (
    "id" UUID NOT NULL,
    "kind" "RoomKind" NOT NULL,
    "ownerId" UUID NOT NULL,
    "scopeKind" TEXT NOT NULL,
    "scopeId" UUID,
    "nodeId" UUID,
    "epoch" INTEGER NOT NULL DEFAULT 0,
    "isPublic" BOOLEAN NOT NULL DEFAULT false,
    "recording" BOOLEAN NOT NULL DEFAULT false,
    "publishing" BOOLEAN NOT NULL DEFAULT false,
    "openedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "closedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Room_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RoomKey" (
    "id" UUID NOT NULL,
    "roomId" UUID NOT NULL,
    "hash" BYTEA NOT NULL,
    "accountId" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "revokedAt" TIMESTAMPTZ(3),

    CONSTRAINT "RoomKey_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Recording" (
    "id" UUID NOT NULL,
    "roomId" UUID NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "endedAt" TIMESTAMPTZ(3),
    "duration" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "Recording_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RecordingSegment" (
    "recordingId" UUID NOT NULL,
    "sequence" INTEGER NOT NULL,
    "storageKey" TEXT NOT NULL,
    "initKey" TEXT NOT NULL,
    "duration" INTEGER NOT NULL,
    "bytes" INTEGER NOT NULL,
    "discontinuity" BOOLEAN NOT NULL DEFAULT false,
    "recordedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "RecordingSegment_pkey" PRIMARY KEY ("recordingId","sequence")
);

-- CreateIndex
CREATE UNIQUE INDEX "Broadcast_roomId_key" ON "Broadcast"("roomId");

-- CreateIndex
CREATE INDEX "Broadcast_fairId_startsAt_idx" ON "Broadcast"("fairId", "startsAt");

-- CreateIndex
CREATE INDEX "Broadcast_organisationId_startsAt_idx" ON "Broadcast"("organisationId", "startsAt");

-- CreateIndex
CREATE INDEX "BroadcastJob_jobId_idx" ON "BroadcastJob"("jobId");

-- CreateIndex
CREATE INDEX "ChatMessage_broadcastId_status_seq_idx" ON "ChatMessage"("broadcastId", "status", "seq");

-- CreateIndex
CREATE INDEX "ChatMessage_broadcastId_personKey_sentAt_idx" ON "ChatMessage"("broadcastId", "personKey", "sentAt");

-- CreateIndex
CREATE UNIQUE INDEX "ChatMessage_broadcastId_seq_key" ON "ChatMessage"("broadcastId", "seq");

-- CreateIndex
CREATE INDEX "Sanction_broadcastId_personKey_idx" ON "Sanction"("broadcastId", "personKey");

-- CreateIndex
CREATE INDEX "Sanction_broadcastId_deviceId_idx" ON "Sanction"("broadcastId", "deviceId");

-- CreateIndex
CREATE INDEX "Hand_broadcastId_status_idx" ON "Hand"("broadcastId", "status");

-- CreateIndex
CREATE INDEX "CardPin_broadcastId_pinnedAt_idx" ON "CardPin"("broadcastId", "pinnedAt");

-- CreateIndex
CREATE INDEX "BroadcastViewer_processId_idx" ON "BroadcastViewer"("processId");

-- CreateIndex
CREATE INDEX "BroadcastReminder_accountId_idx" ON "BroadcastReminder"("accountId");

-- CreateIndex
CREATE INDEX "Room_ownerId_idx" ON "Room"("ownerId");

-- CreateIndex
CREATE INDEX "Room_nodeId_idx" ON "Room"("nodeId");

-- CreateIndex
CREATE UNIQUE INDEX "RoomKey_hash_key" ON "RoomKey"("hash");

-- CreateIndex
CREATE INDEX "RoomKey_roomId_idx" ON "RoomKey"("roomId");

-- CreateIndex
CREATE INDEX "Recording_roomId_idx" ON "Recording"("roomId");

-- CreateIndex
CREATE INDEX "Application_broadcastId_idx" ON "Application"("broadcastId");

-- AddForeignKey
ALTER TABLE "BroadcastJob" ADD CONSTRAINT "BroadcastJob_broadcastId_fkey" FOREIGN KEY ("broadcastId") REFERENCES "Broadcast"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "BroadcastHost" ADD CONSTRAINT "BroadcastHost_broadcastId_fkey" FOREIGN KEY ("broadcastId") REFERENCES "Broadcast"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TourStop" ADD CONSTRAINT "TourStop_broadcastId_fkey" FOREIGN KEY ("broadcastId") REFERENCES "Broadcast"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ChatMessage" ADD CONSTRAINT "ChatMessage_broadcastId_fkey" FOREIGN KEY ("broadcastId") REFERENCES "Broadcast"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Sanction" ADD CONSTRAINT "Sanction_broadcastId_fkey" FOREIGN KEY ("broadcastId") REFERENCES "Broadcast"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Hand" ADD CONSTRAINT "Hand_broadcastId_fkey" FOREIGN KEY ("broadcastId") REFERENCES "Broadcast"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CardPin" ADD CONSTRAINT "CardPin_broadcastId_fkey" FOREIGN KEY ("broadcastId") REFERENCES "Broadcast"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Room" ADD CONSTRAINT "Room_nodeId_fkey" FOREIGN KEY ("nodeId") REFERENCES "MediaNode"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RoomKey" ADD CONSTRAINT "RoomKey_roomId_fkey" FOREIGN KEY ("roomId") REFERENCES "Room"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Recording" ADD CONSTRAINT "Recording_roomId_fkey" FOREIGN KEY ("roomId") REFERENCES "Room"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RecordingSegment" ADD CONSTRAINT "RecordingSegment_recordingId_fkey" FOREIGN KEY ("recordingId") REFERENCES "Recording"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
