-- AlterTable
ALTER TABLE "Account" ADD COLUMN "accessFrom" TIMESTAMPTZ(3);
