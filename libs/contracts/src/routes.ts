/**
 * Every HTTP route, once: the web's client is typed by it, and a test holds it against the server's controllers.
 * Paths lie under `/api`. `:name` parts are parameters. `body` absent: none; `query` absent: none; `answer: null`: 204.
 * `file` marks an answer that is a download, or a body that is multipart.
 */
import type * as m from './models/index.js';

interface Download { file: true }

export interface Routes {
  // sign-in
  'POST /auth/sign-in': { body: m.SignIn; answer: m.SignedIn };
  'POST /auth/phone-code': { body: m.AskPhoneCode; answer: m.PhoneCodeAsked };
  'POST /auth/sign-in-by-phone': { body: m.SignInByPhone; answer: m.SignedIn };
  'POST /auth/refresh': { answer: m.SignedIn };
  'POST /auth/sign-out': { answer: null };
  'POST /auth/change-password': { body: m.ChangePassword; answer: null };
  'GET /auth/links/:token': { answer: m.LinkInfo };
  'POST /auth/links/use': { body: m.UseLink; answer: m.SignedIn };
  'GET /me': { answer: m.Me };
  /** Who works with me, oneself too, for handing work over: names only. */
  'GET /me/colleagues': { answer: m.Colleague[] };

  // organisations
  'POST /organisations/employers': { body: m.RegisterEmployer; answer: m.SignedIn };
  'POST /organisations/organisers': { body: m.CreateOrganiser; answer: m.Organisation };
  'GET /organisations': { query: m.PageQuery & { kind?: m.Organisation['kind']; q?: string }; answer: m.Page<m.Organisation> };
  'GET /organisations/:organisationId': { answer: m.Organisation };
  'PATCH /organisations/:organisationId': { body: m.UpdateOrganisation; answer: m.Organisation };
  'POST /organisations/:organisationId/status': { body: m.SuspendOrganisation; answer: m.Organisation };
  'POST /organisations/:organisationId/licences': { body: m.SubmitLicence & Download; answer: m.Licence };
  'GET /organisations/:organisationId/licences': { answer: m.Licence[] };
  'GET /organisations/:organisationId/members': { answer: m.Member[] };
  'POST /organisations/:organisationId/invitations': { body: m.InviteMember; answer: m.MadeLink };
  'DELETE /organisations/:organisationId/members/:accountId': { answer: null };
  'POST /organisations/:organisationId/members/:accountId/status': { body: m.MemberStatus; answer: m.Member };
  'POST /organisations/:organisationId/members/:accountId/password-reset': { answer: m.MadeLink };
  'GET /organisations/:organisationId/audit': { query: m.PageQuery; answer: m.Page<m.AuditEntry> };
  'GET /licences': { query: m.PageQuery & { status?: m.Licence['status'] }; answer: m.Page<m.Licence> };
  'GET /licences/:licenceId/file': { answer: Download };
  'POST /licences/:licenceId/review': { body: m.ReviewLicence; answer: m.Licence };
  'GET /regions': { query: { parent?: string }; answer: m.Region[] };

  // a candidate's own
  'GET /me/profile': { answer: m.Profile };
  'PATCH /me/profile': { body: m.UpdateProfile; answer: m.Profile };
  'PUT /me/cv': { body: Download; answer: m.Profile };
  'DELETE /me/cv': { answer: null };
  'GET /me/consents': { answer: m.Consent[] };
  'DELETE /me/consents/:consentId': { answer: null };
  'GET /me/export': { answer: m.PersonExport };
  'DELETE /me': { answer: null };
  'GET /me/tickets': { answer: m.Ticket[] };
  'GET /me/applications': { answer: m.MyApplication[] };

  // fairs
  'GET /fairs': { query: m.FairQuery; answer: m.Page<m.FairSummary> };
  'GET /fairs/mine': { query: m.FairQuery & { templates?: boolean }; answer: m.Page<m.FairSummary> };
  'POST /fairs': { body: m.CreateFair; answer: m.Fair };
  'GET /fairs/:fairId': { answer: m.Fair };
  'PATCH /fairs/:fairId': { body: m.UpdateFair; answer: m.Fair };
  'POST /fairs/:fairId/clone': { body: m.CloneFair; answer: m.Fair };
  'POST /fairs/:fairId/status': { body: m.ChangeFairStatus; answer: m.Fair };
  'POST /fairs/:fairId/reschedule': { body: m.RescheduleFair; answer: m.Fair };
  'PUT /fairs/:fairId/zones': { body: m.SetZones; answer: m.Fair };
  'PUT /fairs/:fairId/agenda': { body: m.SetAgenda; answer: m.Fair };
  'GET /fairs/:fairId/calendar': { answer: Download };

  // booths
  'GET /fairs/:fairId/floor-plan': { answer: m.FloorPlan };
  'POST /fairs/:fairId/booths': { body: m.BoothInput; answer: m.Booth };
  'POST /fairs/:fairId/booths/lay-out': { body: m.LayOutBooths; answer: m.Booth[] };
  'PATCH /booths/:boothId': { body: m.MoveBooth; answer: m.Booth };
  'PUT /booths/:boothId/organisation': { body: m.AssignBooth; answer: m.Booth };
  'DELETE /booths/:boothId': { answer: null };
  'GET /booths/:boothId': { answer: m.BoothPage };
  'GET /booths/:boothId/code': { answer: m.BoothCode };
  'GET /booths/by-code/:leadCode': { answer: m.BoothPage };
  'POST /booths/:boothId/leads': { body: m.LeaveLead; answer: null };
  'GET /fairs/:fairId/booth-applications': { answer: m.BoothApplication[] };
  'POST /fairs/:fairId/booth-applications': { body: m.ApplyForBooth; answer: m.BoothApplication };
  'GET /booth-applications/mine': { answer: m.BoothApplication[] };
  'POST /booth-applications/:boothApplicationId/decision': { body: m.DecideBoothApplication; answer: m.BoothApplication };
  'DELETE /booth-applications/:boothApplicationId': { answer: null };
  'GET /leads': { query: m.PageQuery & { fairId?: string }; answer: m.Page<m.Lead> };

  // jobs
  'GET /jobs': { query: m.JobQuery; answer: m.Page<m.Job> };
  'GET /jobs/mine': { answer: m.Job[] };
  'POST /jobs': { body: m.JobInput; answer: m.Job };
  'GET /jobs/:jobId': { answer: m.Job };
  'PUT /jobs/:jobId': { body: m.JobInput; answer: m.Job };
  'DELETE /jobs/:jobId': { answer: null };
  'POST /jobs/:jobId/publish': { answer: m.Job };
  'POST /jobs/:jobId/close': { answer: m.Job };
  'POST /jobs/check-wording': { body: m.CheckWording; answer: m.WordingProblem[] };
  'PUT /fairs/:fairId/jobs': { body: m.ListJobs; answer: m.Job[] };
  'POST /applications': { body: m.Apply; answer: m.MyApplication };
  'DELETE /applications/:applicationId': { answer: null };
  'GET /applicants': { query: m.ApplicantQuery; answer: m.Page<m.Applicant> };
  'POST /applicants/:applicationId/mark': { body: m.MarkApplication; answer: m.Applicant };
  'GET /applicants/:applicationId/phone': { answer: { phone: string } };
  'GET /applicants/:applicationId/cv': { answer: Download };
  'GET /applicants/export': { query: m.ApplicantQuery; answer: Download };

  // tickets
  'POST /fairs/:fairId/tickets': { body: m.RegisterTicket; answer: m.Ticket };
  'GET /fairs/:fairId/tickets': { query: m.TicketQuery; answer: m.Page<m.TicketRow> };
  'POST /fairs/:fairId/passes': { body: m.IssuePasses; answer: m.Ticket[] };
  'POST /fairs/:fairId/walk-ins': { body: m.WalkIn; answer: m.Ticket };
  'DELETE /tickets/:ticketId': { answer: null };
  'POST /tickets/:ticketId/revoke': { body: m.RevokeTicket; answer: m.TicketRow };
  'GET /tickets/keys': { answer: m.TicketKey[] };

  // attendance
  /** Anyone who can see the fair: a ticket names its gate. `devices` is empty for all but the organiser's people. */
  'GET /fairs/:fairId/gates': { answer: m.Gate[] };
  'POST /fairs/:fairId/gates': { body: m.GateInput; answer: m.Gate };
  'PATCH /gates/:gateId': { body: Partial<m.GateInput>; answer: m.Gate };
  'DELETE /gates/:gateId': { answer: null };
  'POST /gates/:gateId/pairing-codes': { answer: m.PairingCode };
  'POST /devices/pair': { body: m.PairDevice; answer: m.PairedDevice };
  'GET /devices/me': { query: { clock?: m.Instant }; answer: m.GateContext };
  'POST /devices/me/sign-out': { answer: null };
  'PUT /devices/me/key': { body: m.DeviceKey; answer: null };
  'GET /devices/me/offline': { query: { since?: number }; answer: m.SignedOffline };
  'POST /devices/me/lease': { body: m.AskLease; answer: m.LeaseAnswer };
  /** Also by a revoked device: then what it brings is kept apart. */
  'POST /scans/uploads': { body: m.UploadScans; answer: m.UploadAnswer };
  'GET /fairs/:fairId/conflicts': { query: { open?: boolean }; answer: m.GateConflict[] };
  'POST /conflicts/:conflictId/decision': { body: m.DecideConflict; answer: m.GateConflict };
  'GET /fairs/:fairId/quarantine': { answer: m.QuarantinedRecord[] };
  'POST /fairs/:fairId/quarantine/decision': { body: m.DecideQuarantine; answer: m.QuarantinedRecord[] };
  'GET /fairs/:fairId/leases': { answer: m.GateLease[] };
  'POST /leases/:leaseId/recall': { answer: m.GateLease };
  'POST /leases/:leaseId/settle': { body: m.SettleLease; answer: m.GateLease };
  'POST /zones/:zoneId/corrections': { body: m.CorrectZone; answer: m.ZoneStatus };
  'GET /fairs/:fairId/corrections': { answer: m.GateCorrection[] };
  'GET /fairs/:fairId/sweeps': { answer: m.GateSweep[] };
  'POST /fairs/:fairId/sweep': { body: m.SweepFair; answer: m.SweptFair };
  'GET /fairs/:fairId/gate-rules': { answer: m.GateRules };
  'PUT /fairs/:fairId/gate-rules': { body: m.GateRules; answer: m.GateRules };
  'POST /devices/:deviceId/revoke': { body: m.RevokeDevice; answer: m.Device };
  'POST /scans': { body: m.ScanInput; answer: m.ScanResult };
  'POST /zones/:zoneId/lock': { body: m.SetZoneLock; answer: m.ZoneStatus };
  'POST /zones/:zoneId/capacity': { body: m.SetZoneCapacity; answer: m.ZoneStatus };
  'POST /fairs/:fairId/stop': { body: m.SetFairStop; answer: m.ZoneStatus };
  'POST /fairs/:fairId/overrides': { body: m.OverrideEntry; answer: m.ScanResult };

  // live
  'GET /media/readiness': { answer: m.MediaReadiness };
  'GET /fairs/:fairId/broadcasts': { answer: m.BroadcastSummary[] };
  'POST /fairs/:fairId/broadcasts': { body: m.ScheduleBroadcast; answer: m.Broadcast };
  'GET /broadcasts/mine': { answer: m.BroadcastSummary[] };
  'GET /broadcasts/:broadcastId': { answer: m.Broadcast };
  'PATCH /broadcasts/:broadcastId': { body: m.UpdateBroadcast; answer: m.Broadcast };
  'PUT /broadcasts/:broadcastId/cover': { body: Download; answer: m.Broadcast };
  'GET /broadcasts/:broadcastId/cover': { answer: Download };
  'POST /broadcasts/:broadcastId/status': { body: m.ChangeBroadcastStatus; answer: m.Broadcast };
  'POST /broadcasts/:broadcastId/stop': { body: m.StopBroadcast; answer: m.Broadcast };
  'POST /broadcasts/:broadcastId/join': { body: m.JoinBroadcast; answer: m.BroadcastPass };
  'GET /broadcasts/:broadcastId/me': { query: { deviceId?: string }; answer: m.MyPlace };
  'GET /broadcasts/:broadcastId/state': { answer: m.BroadcastState };
  'GET /broadcasts/:broadcastId/messages': { query: m.MessageQuery; answer: m.Message[] };
  'POST /broadcasts/:broadcastId/messages': { body: m.PostMessage; answer: m.Message };
  'GET /broadcasts/:broadcastId/moderation': { answer: m.Moderation };
  'POST /messages/:messageId/decision': { body: m.DecideMessage; answer: m.Message };
  'POST /messages/:messageId/answered': { answer: m.Message };
  'DELETE /messages/:messageId': { answer: null };
  'POST /broadcasts/:broadcastId/sanctions': { body: m.Sanctioning; answer: m.Sanction };
  'DELETE /broadcasts/:broadcastId/sanctions/:sanctionId': { answer: null };
  'PUT /broadcasts/:broadcastId/slow-mode': { body: m.SetSlowMode; answer: m.BroadcastState };
  'POST /broadcasts/:broadcastId/likes': { body: m.AddLikes; answer: null };
  'PUT /broadcasts/:broadcastId/pin': { body: m.PinJob; answer: m.BroadcastState };
  'POST /broadcasts/:broadcastId/cards': { body: m.CardSight; answer: null };
  'GET /broadcasts/:broadcastId/funnel': { answer: m.Funnel };
  'GET /broadcasts/:broadcastId/hands': { answer: m.Hand[] };
  'POST /broadcasts/:broadcastId/hand': { body: m.RaiseHand; answer: m.Hand };
  'DELETE /broadcasts/:broadcastId/hand': { answer: null };
  'POST /broadcasts/:broadcastId/hand/answer': { body: m.AnswerInvitation; answer: m.Hand };
  'POST /broadcasts/:broadcastId/hands/:handId/invite': { answer: m.Hand };
  'DELETE /broadcasts/:broadcastId/hands/:handId': { answer: null };
  'PUT /broadcasts/:broadcastId/tour/:place': { body: m.ShowTourPlace; answer: m.Broadcast };
  'POST /broadcasts/:broadcastId/whip-key': { answer: m.WhipKey };
  'DELETE /broadcasts/:broadcastId/whip-key': { answer: null };
  'PUT /broadcasts/:broadcastId/reminder': { answer: null };
  'DELETE /broadcasts/:broadcastId/reminder': { answer: null };
  'GET /broadcasts/:broadcastId/replay': { answer: m.Replay };
  'POST /broadcasts/:broadcastId/complaints': { body: m.MakeComplaint; answer: m.Complaint };
  'GET /broadcasts/:broadcastId/complaints/mine': { query: { deviceId?: string }; answer: m.Complaint[] };
  'GET /fairs/:fairId/complaints': { query: m.ComplaintQuery; answer: m.ReceivedComplaint[] };
  'POST /complaints/:complaintId/decision': { body: m.DecideComplaint; answer: m.ReceivedComplaint };
  'GET /held-words': { answer: m.HeldWord[] };
  'PUT /held-words': { body: m.SetHeldWords; answer: m.HeldWord[] };

  // interviews: the queue
  /** For the fair's organiser. */
  'GET /fairs/:fairId/interview-report': { answer: m.InterviewReport };
  'GET /booths/:boothId/queue': { answer: m.QueueState };
  'PUT /booths/:boothId/queue': { body: m.SetQueue; answer: m.QueueDesk };
  'GET /booths/:boothId/queue/desk': { answer: m.QueueDesk };
  'POST /booths/:boothId/queue/places': { body: m.JoinQueue; answer: m.QueuePlace };
  'POST /booths/:boothId/queue/call': { body: m.CallNext; answer: m.Interview };
  'GET /me/queue-places': { answer: m.QueuePlace[] };
  /** Leaves. */
  'DELETE /queue-places/:placeId': { answer: null };
  /** Called, and not now: the place is kept for a while. */
  'POST /queue-places/:placeId/later': { answer: m.QueuePlace };
  /** Missed the call, and is here now: called next. */
  'POST /queue-places/:placeId/return': { answer: m.QueuePlace };
  'POST /queue-places/:placeId/skip': { body: m.SkipPlace; answer: m.QueueDesk };
  // interviews: slots
  'GET /slots': { query: m.SlotQuery; answer: m.Slot[] };
  'GET /slots/mine': { query: m.SlotQuery; answer: m.DeskSlot[] };
  'POST /slots': { body: m.PublishSlots; answer: m.DeskSlot[] };
  'POST /slots/:slotId/cancel': { body: m.CancelSlot; answer: m.DeskSlot };
  'POST /slots/:slotId/call': { answer: m.Interview };
  'POST /slots/:slotId/booking': { body: m.BookSlot; answer: m.Booking };
  'GET /me/bookings': { answer: m.Booking[] };
  'PUT /bookings/:bookingId/slot': { body: m.MoveBooking; answer: m.Booking };
  'DELETE /bookings/:bookingId': { answer: null };
  'GET /bookings/:bookingId/calendar': { answer: Download };
  // interviews: the room and after
  'GET /interviews': { query: m.InterviewQuery; answer: m.Page<m.InterviewSummary> };
  'GET /me/interviews': { answer: m.MyInterview[] };
  'GET /me/interviews/:interviewId': { answer: m.MyInterview };
  'GET /interviews/:interviewId': { answer: m.Interview };
  /** Candidate or interviewer; the candidate's first answers the call. */
  'POST /interviews/:interviewId/join': { answer: m.InterviewPass };
  /** At the table, in the hall: the interview begins without a room. */
  'POST /interviews/:interviewId/begin': { answer: m.Interview };
  'POST /interviews/:interviewId/end': { answer: m.Interview };
  /** Called, and did not come. */
  'POST /interviews/:interviewId/missed': { answer: m.Interview };
  'POST /interviews/:interviewId/extend': { body: m.ExtendInterview; answer: m.Interview };
  'POST /interviews/:interviewId/hand-over': { body: m.HandOver; answer: m.Interview };
  'POST /interviews/:interviewId/interviewers': { body: m.InviteInterviewer; answer: m.Interview };
  'GET /interviews/:interviewId/messages': { query: { after?: number }; answer: m.InterviewMessage[] };
  'POST /interviews/:interviewId/messages': { body: m.SendInterviewMessage; answer: m.InterviewMessage };
  'PUT /interviews/:interviewId/recording': { body: m.AskRecording; answer: m.RecordingState };
  'PUT /interviews/:interviewId/recording/answer': { body: m.AnswerRecording; answer: m.RecordingState };
  'GET /interviews/:interviewId/recordings': { answer: m.InterviewRecording[] };
  'GET /interviews/:interviewId/cv': { answer: Download };
  'GET /jobs/:jobId/criteria': { answer: m.Criterion[] };
  'PUT /jobs/:jobId/criteria': { body: m.SetCriteria; answer: m.Criterion[] };
  'GET /interviews/:interviewId/sheets': { answer: m.Sheets };
  'PUT /interviews/:interviewId/sheet': { body: m.SaveSheet; answer: m.Sheets };
  'PUT /interviews/:interviewId/decision': { body: m.Decide; answer: m.Interview };
  // stations
  'POST /organisations/stations': { body: m.CreateStation; answer: m.Organisation };
  'GET /station/people': { query: { q?: string }; answer: m.StationPerson[] };
  'POST /station/people': { body: m.RegisterPerson; answer: m.StationPerson };
  'GET /station/people/:personId': { answer: m.StationPerson };
  /** The person goes home: the clerk sees nothing of theirs any more, until they are here again. */
  'DELETE /station/people/:personId': { answer: null };
  'POST /station/people/:personId/tickets': { body: { fairId: string }; answer: m.StationPerson };
  'POST /station/people/:personId/queue-places': { body: m.JoinQueue & { boothId: string }; answer: m.StationPerson };
  'DELETE /station/people/:personId/queue-places/:placeId': { answer: null };
  'POST /station/people/:personId/queue-places/:placeId/return': { answer: m.StationPerson };
  'POST /station/people/:personId/bookings': { body: m.BookSlot & { slotId: string }; answer: m.StationPerson };
  'PUT /station/people/:personId/bookings/:bookingId/slot': { body: m.MoveBooking; answer: m.StationPerson };
  'DELETE /station/people/:personId/bookings/:bookingId': { answer: null };
  /** At the station's computer, as this person: a pass, and what their page reads, for this interview only. */
  'POST /station/people/:personId/interviews/:interviewId/join': { answer: m.InterviewPass };
  'GET /station/people/:personId/interviews/:interviewId': { answer: m.MyInterview };
  'GET /station/people/:personId/interviews/:interviewId/messages': { query: { after?: number }; answer: m.InterviewMessage[] };
  'POST /station/people/:personId/interviews/:interviewId/messages': { body: m.SendInterviewMessage; answer: m.InterviewMessage };
  'PUT /station/people/:personId/interviews/:interviewId/recording/answer': { body: m.AnswerRecording; answer: m.RecordingState };

  // insights
  'GET /fairs/:fairId/crowd': { answer: m.CrowdSnapshot };
  'GET /fairs/:fairId/desk': { answer: m.DeskSnapshot };
}

export type RouteName = keyof Routes;
/** The `:names` of a path. */
export type PathParams<R extends string> = R extends `${string}:${infer P}/${infer Rest}` ? P | PathParams<`/${Rest}`> : R extends `${string}:${infer P}` ? P : never;
