-- DropIndex
DROP INDEX "Interview_bookingId_key";

-- CreateIndex
CREATE INDEX "Interview_bookingId_idx" ON "Interview"("bookingId");
