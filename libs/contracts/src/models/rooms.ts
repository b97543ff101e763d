import type { MediaSource, RoomRole } from '../words.js';
import type { Id, Instant } from './common.js';

/** As WebRTC's RTCIceServer. TURN credentials are short-lived (coturn's `use-auth-secret`). */
export interface IceServer { urls: string[]; username?: string; credential?: string }

/**
 * What a browser needs to enter a live room. The token is for this room, this person and these sources only, and lasts
 * until `expiresAt`; a longer stay asks for another and shows it with `renewToken`.
 */
export interface RoomPass {
  roomId: Id; token: string; expiresAt: Instant;
  /** Origin of the media node that holds the room (`https://media-2.example.cn`); `''`: the page's own. */
  nodeUrl: string;
  role: RoomRole; sources: MediaSource[]; iceServers: IceServer[];
}

/** Whether this installation can carry live media now; pages say it with progress. */
export interface MediaReadiness {
  state: 'ready' | 'preparing' | 'unavailable';
  /** 0–100 while preparing. */
  percent: number;
  /** A sentence for a person, in their language. */
  message: string;
}
