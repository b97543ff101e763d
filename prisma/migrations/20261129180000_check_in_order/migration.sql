-- A gate asks for a ticket's newest passage, which is the last by its order, not by when it was recorded.
CREATE INDEX "CheckIn_ticketId_order_idx" ON "CheckIn"("ticketId", "order");

DROP INDEX "CheckIn_ticketId_recordedAt_idx";
