-- CreateTable
CREATE TABLE "FairMinute" (
    "fairId" UUID NOT NULL,
    "minute" TIMESTAMPTZ(0) NOT NULL,
    "entered" INTEGER NOT NULL DEFAULT 0,
    "left" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "FairMinute_pkey" PRIMARY KEY ("fairId","minute")
);
