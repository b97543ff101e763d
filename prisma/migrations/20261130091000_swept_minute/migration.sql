-- Whom the end of a day took out has not left by a gate: the curve falls, and no number of those who left rises.
ALTER TABLE "FairMinute" ADD COLUMN     "swept" INTEGER NOT NULL DEFAULT 0;
