-- CreateEnum
CREATE TYPE "MediaNodeState" AS ENUM ('ready', 'preparing', 'unavailable');

-- AlterTable
ALTER TABLE "MediaNode" ADD COLUMN     "percent" INTEGER NOT NULL DEFAULT 100,
ADD COLUMN     "state" "MediaNodeState" NOT NULL DEFAULT 'ready';
