/** Closed sets of words; the Prisma enums of the same names hold the same spellings. */
export type { MembershipRole } from './roles.js';

export const fairStatuses = ['draft', 'published', 'open', 'closed', 'archived', 'cancelled'] as const;
export type FairStatus = (typeof fairStatuses)[number];

export const fairChannels = ['hall', 'online', 'both'] as const;
export type FairChannel = (typeof fairChannels)[number];

export const payUnits = ['month', 'day', 'hour', 'piece'] as const;
export type PayUnit = (typeof payUnits)[number];

export const jobStatuses = ['draft', 'published', 'closed'] as const;
export type JobStatus = (typeof jobStatuses)[number];

/** 岗位信息库: the kinds that the notice names. */
export const jobTags = [
  'urgent', // 急需紧缺
  'community', // 城乡社区（便民商业、物业）
  'caring', // 爱心岗位
  'disabilityQuota', // 按比例安排残疾人
  'publicWelfare', // 公益性岗位
  'temporaryWelfare', // 临时性公益性岗位
  'gig', // 零工
  'nearby', // 就近就业（帮扶车间、乡村工厂）
  'noExperience', // 不限经验
  'housing', // 包吃住
] as const;
export type JobTag = (typeof jobTags)[number];

export const applicationStatuses = ['submitted', 'seen', 'shortlisted', 'rejected', 'hired', 'withdrawn'] as const;
export type ApplicationStatus = (typeof applicationStatuses)[number];
export const applicationSources = ['page', 'boothQr', 'broadcast'] as const;
export type ApplicationSource = (typeof applicationSources)[number];

export const boothApplicationStatuses = ['pending', 'approved', 'rejected', 'withdrawn'] as const;
export type BoothApplicationStatus = (typeof boothApplicationStatuses)[number];

/** Their places are in printed ticket codes: only ever add at the end. `group`: one code for several persons. */
export const ticketKinds = ['visitor', 'walkIn', 'staff', 'employer', 'child', 'group'] as const;
export type TicketKind = (typeof ticketKinds)[number];
export const ticketStatuses = ['valid', 'cancelled', 'revoked'] as const;
export type TicketStatus = (typeof ticketStatuses)[number];

export const gateDirections = ['entry', 'exit', 'both'] as const;
export type GateDirection = (typeof gateDirections)[number];

export const departments = ['人社', '交通', '农业农村', '工会', '团委', '妇联', '残联', '民航'] as const;
export type Department = (typeof departments)[number];

/** Why a scan was refused. Each has a fixed sentence on the gate page. */
export const refusalReasons = [
  'unreadable', // not one of our codes
  'forged', // the signature does not hold
  'unknownTicket', // signed by us or a short code, but there is no such ticket
  'wrongFair',
  'notYetValid',
  'expired',
  'revoked',
  'cancelled',
  'alreadyInside',
  'notInside', // an exit by somebody who is not in
  'wrongZone',
  'wrongDirection', // an exit scanned at a gate that only lets in, or the other way round
  'zoneFull',
  'zoneLocked', // 提前锁闸
  'fairStopped', // 全场停入
  'fairNotOpen',
  'groupFull', // a ticket for several: so many more are not on it
  'reEntryRefused', // has left, and this fair lets nobody in twice
  'noLease', // without a network and without a place of the fair's number: out only
] as const;
export type RefusalReason = (typeof refusalReasons)[number];

export const organisationKinds = ['organiser', 'employer', 'station'] as const;
export type OrganisationKind = (typeof organisationKinds)[number];
export const consentPurposes = ['application', 'lead', 'interview', 'station'] as const;
export type ConsentPurpose = (typeof consentPurposes)[number];

/** 直播带岗: a talk about jobs; 直播探岗: a tour of the workplace, from a phone, with a checklist. */
export const broadcastKinds = ['talk', 'tour'] as const;
export type BroadcastKind = (typeof broadcastKinds)[number];
/** `rehearsing`: its hosts are in the studio and nobody else sees them; `paused`: live, but the picture is held. */
export const broadcastStatuses = ['scheduled', 'rehearsing', 'live', 'paused', 'ended', 'cancelled'] as const;
export type BroadcastStatus = (typeof broadcastStatuses)[number];
/** What a 探岗 must show. */
export const tourPlaces = ['workshop', 'dormitory', 'canteen', 'contract'] as const;
export type TourPlace = (typeof tourPlaces)[number];
export const messageKinds = ['chat', 'question'] as const;
export type MessageKind = (typeof messageKinds)[number];
/** `held`: a moderator looks first; `removed`: was shown or held, and is not any more. */
export const messageStatuses = ['shown', 'held', 'removed'] as const;
export type MessageStatus = (typeof messageStatuses)[number];
/** 连麦: a viewer's way to the stage and back. `declined` by the viewer, `lowered` before the call, `left` after it. */
export const handStatuses = ['raised', 'invited', 'onStage', 'lowered', 'declined', 'left'] as const;
export type HandStatus = (typeof handStatuses)[number];
export const sanctionKinds = ['mute', 'ban'] as const;
export type SanctionKind = (typeof sanctionKinds)[number];
/** Why a word is held: fees and deposits (就业促进法 41), fraud (反诈法 30), abuse. */
export const heldWordKinds = ['fee', 'fraud', 'abuse'] as const;
export type HeldWordKind = (typeof heldWordKinds)[number];

/** 举报: money, a deposit or papers are taken; the pay is not the card's; a false job; discrimination; abuse; anything else. */
export const complaintKinds = ['fee', 'pay', 'fraud', 'discrimination', 'abuse', 'other'] as const;
export type ComplaintKind = (typeof complaintKinds)[number];

/** What a complaint is about: the broadcast, one of its hosts, a message of its chat. */
export const complaintSubjects = ['broadcast', 'host', 'message'] as const;
export type ComplaintSubject = (typeof complaintSubjects)[number];

/** `upheld`: the organiser found it right; `dismissed`: not. */
export const complaintStatuses = ['waiting', 'upheld', 'dismissed'] as const;
export type ComplaintStatus = (typeof complaintStatuses)[number];

export const roomKinds = ['broadcast', 'interview'] as const;
export type RoomKind = (typeof roomKinds)[number];
/** What a track shows or carries. */
export const mediaSources = ['camera', 'microphone', 'screen', 'screenAudio'] as const;
export type MediaSource = (typeof mediaSources)[number];
/** `host`: a recruiter or organiser at work; `guest`: a candidate who may speak; `viewer`: watches only. */
export const roomRoles = ['host', 'guest', 'viewer'] as const;
export type RoomRole = (typeof roomRoles)[number];
/**
 * Why a media node ended what somebody sent: it was far more than one person may send, for too long. Bits a second; `rest`: seconds until
 * they may send again, 0 at once.
 */
export interface PublisherEnd { code: 'bitrateTooHigh'; sent: number; most: number; rest: number }

/** A booth's queue of candidates. `paused`: places are kept, nobody is called and nobody joins. */
export const queueStatuses = ['open', 'paused', 'closed'] as const;
export type QueueStatus = (typeof queueStatuses)[number];
/** One queue, two faces: `online` meets in a room, `onSite` walks up to the table. */
export const placeModes = ['online', 'onSite'] as const;
export type PlaceMode = (typeof placeModes)[number];
/** `missed`: was called and did not come, and is called next when they come back in time; `dropped`: too late, skipped, or the queue was closed. */
export const placeStatuses = ['waiting', 'called', 'missed', 'interviewing', 'done', 'left', 'dropped'] as const;
export type PlaceStatus = (typeof placeStatuses)[number];
export const slotStatuses = ['open', 'booked', 'running', 'done', 'missed', 'cancelled'] as const;
export type SlotStatus = (typeof slotStatuses)[number];
/** `called`: the candidate is awaited; `missed`: did not come; `cancelled`: before it began. */
export const interviewStatuses = ['called', 'running', 'ended', 'missed', 'cancelled'] as const;
export type InterviewStatus = (typeof interviewStatuses)[number];
/** 下一轮, 录用意向, 不合适. */
export const interviewOutcomes = ['nextRound', 'offerIntent', 'unsuited'] as const;
export type InterviewOutcome = (typeof interviewOutcomes)[number];
