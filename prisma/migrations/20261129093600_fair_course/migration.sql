-- What was true at a fair at a moment (attendance's fair-course.rules.ts): a few facts of a log that may be long. Facts about the
-- fair itself name no ticket. Whoever reads by it repeats the list of types as it stands here.
CREATE INDEX "Event_fair_course_idx" ON "Event" ("scopeId", (data->>'ticketId'))
  WHERE type IN ('fair.statusChanged', 'fair.rescheduled', 'fair.stopChanged', 'zone.lockChanged', 'ticket.cancelled', 'ticket.revoked');
