/*
  Warnings:

  - You are about to drop the column `uploadedOrder` on the `Device` table. All the data in the column will be lost.

*/
-- AlterTable
ALTER TABLE "Device" DROP COLUMN "uploadedOrder";

-- AlterTable
ALTER TABLE "DeviceUpload" ADD COLUMN     "order" BIGINT NOT NULL DEFAULT 0;
