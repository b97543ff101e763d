import type { Complaint, ReceivedComplaint } from '#libs/contracts';
import type { ChatMessage, Complaint as ComplaintRow } from '#libs/platform';

/** What a complaint's ids stand for. */
export interface Subjects { message: ChatMessage | null; /** The host's own name. */ host: string }

/** As who complained sees it. */
export function complaintView(row: ComplaintRow, { message, host }: Subjects): Complaint {
  const { id, broadcastId, kind, text, hostId, messageId, status, madeAt, reason, decidedAt } = row;
  return {
    id, broadcastId, kind, text, status, madeAt: madeAt.toISOString(),
    subject: messageId ? { kind: 'message', name: message?.author ?? '', text: message?.text ?? '' } : { kind: hostId ? 'host' : 'broadcast', name: host, text: '' },
    decision: decidedAt ? { reason: reason ?? '', at: decidedAt.toISOString() } : null,
  };
}

/** As the organiser sees it: where to look, and what can still be taken away. */
export function receivedView(row: ComplaintRow, subjects: Subjects, at: { broadcastTitle: string; organisationName: string; offset: number }): ReceivedComplaint {
  return { ...complaintView(row, subjects), ...at, author: row.author, messageId: row.messageId, messageShown: subjects.message?.status === 'shown' };
}
