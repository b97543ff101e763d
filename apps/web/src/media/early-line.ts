/**
 * The way to a media node, opened while the pass for it is still being asked for: the connection and its WebSocket need no pass, and
 * are two round trips or more. Where the node of last time is not the one that the pass names, another is opened as ever.
 */
import { mediaSocketPath, type MediaClientToServer, type MediaHandshake, type MediaServerToClient } from '#libs/contracts';
import { io, type Socket } from 'socket.io-client';
import { remember, remembered } from '../net/remember';

export type MediaSocket = Socket<MediaServerToClient, MediaClientToServer>;

const KEPT_AS = 'fw-media-node';
/** A node closes a line without a pass after 10 s. */
const UNUSED = 8_000;

interface Early { nodeUrl: string; socket: MediaSocket; show(handshake: MediaHandshake): void; keep(): void; drop(): void }
let early: Early | undefined;

const open = (nodeUrl: string, auth: MediaHandshake | ((give: (handshake: MediaHandshake) => void) => void), timeout: number): MediaSocket => io(`${nodeUrl}/media`, {
  path: mediaSocketPath, auth, transports: ['websocket', 'polling'], tryAllTransports: true, forceNew: true, reconnection: false, timeout,
});

/** Somebody is about to enter a room: on the node of last time, or, where nothing is known, where the page comes from. A line that stands already is enough. */
export function reachEarly(): void {
  if (early || typeof RTCPeerConnection === 'undefined') return;
  const nodeUrl = remembered(KEPT_AS) ?? '';
  let show: Early['show'] = () => undefined;
  const shown = new Promise<MediaHandshake>(done => { show = done; });
  const socket = open(nodeUrl, give => void shown.then(give), UNUSED);
  const mine: Early = {
    nodeUrl, socket, show,
    keep() {
      clearTimeout(unused);
      socket.removeAllListeners();
    },
    drop() {
      if (early === mine) early = undefined;
      mine.keep();
      socket.disconnect();
    },
  };
  const unused = setTimeout(mine.drop, UNUSED);
  socket.once('connect_error', mine.drop).once('disconnect', mine.drop);
  early = mine;
}

/** A line to the node, with this handshake: the early one where it goes there. `patience`: milliseconds to connect. */
export function lineTo(nodeUrl: string, handshake: MediaHandshake, patience: number): MediaSocket {
  remember(KEPT_AS, nodeUrl);
  const mine = early;
  early = undefined;
  if (!mine) return open(nodeUrl, handshake, patience);
  if (mine.nodeUrl !== nodeUrl) {
    mine.drop();
    return open(nodeUrl, handshake, patience);
  }
  mine.keep();
  mine.show(handshake);
  return mine.socket;
}
