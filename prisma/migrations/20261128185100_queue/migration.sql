/*
  Warnings:

  - Added the required column `entryId` to the `Booking` table without a default value. This is not possible if the table is not empty.

*/
-- DropIndex
DROP INDEX "Interview_placeId_key";

-- AlterTable
ALTER TABLE "Booking" ADD COLUMN     "entryId" UUID NOT NULL,
ADD COLUMN     "moves" INTEGER NOT NULL DEFAULT 0;

-- CreateIndex
CREATE INDEX "Interview_placeId_idx" ON "Interview"("placeId");
