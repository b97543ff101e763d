-- CreateTable
CREATE TABLE "ZoneMinute" (
    "zoneId" UUID NOT NULL,
    "minute" TIMESTAMPTZ(0) NOT NULL,
    "fairId" UUID NOT NULL,
    "entered" INTEGER NOT NULL DEFAULT 0,
    "left" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "ZoneMinute_pkey" PRIMARY KEY ("zoneId","minute")
);

-- CreateIndex
CREATE INDEX "ZoneMinute_fairId_minute_idx" ON "ZoneMinute"("fairId", "minute");
