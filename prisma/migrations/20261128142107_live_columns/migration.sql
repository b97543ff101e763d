-- AlterTable
ALTER TABLE "Broadcast" ADD COLUMN     "viewers" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "ChatMessage" ADD COLUMN     "decidedAt" TIMESTAMPTZ(3);

-- CreateIndex
CREATE INDEX "ChatMessage_broadcastId_status_decidedAt_idx" ON "ChatMessage"("broadcastId", "status", "decidedAt");
