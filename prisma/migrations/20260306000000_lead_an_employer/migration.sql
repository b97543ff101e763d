-- DropIndex
DROP INDEX "Lead_boothId_accountId_key";

-- CreateIndex
CREATE UNIQUE INDEX "Lead_boothId_organisationId_accountId_key" ON "Lead"("boothId", "organisationId", "accountId");
