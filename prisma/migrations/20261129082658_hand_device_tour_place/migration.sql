-- AlterTable
ALTER TABLE "Hand" ADD COLUMN     "deviceId" UUID;

-- AlterTable
ALTER TABLE "Sanction" ALTER COLUMN "deviceId" DROP NOT NULL;

-- AlterTable
ALTER TABLE "TourStop" ADD COLUMN     "locatedAt" TIMESTAMPTZ(3);

-- A place that is there came with its tick.
UPDATE "TourStop" SET "locatedAt" = "shownAt" WHERE "latitude" IS NOT NULL;
