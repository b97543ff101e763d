/** The call of one interview, for the room's page: the call client's fields as one picture, and the person's hand on it. */
import type { PeerQuality } from '#libs/contracts';
import { computed, onScopeDispose, shallowRef, triggerRef, watch } from 'vue';
import { Call } from '../../call/call';
import type { CallStep, CallWish } from '../../call/call-ladder';
import type { Person } from '../../call/people';
import { api, ApiError } from '../../net/api';
import { deviceProblem, listDevices, watchLevel, type DeviceProblem } from '../../media/devices';
import type { PartWith } from './check-done';
import type { OpenTracks } from './device-check';
import type { Bars, CallView, InterviewCall } from './interview-call';

const wishOf: Record<PartWith, CallWish> = { video: 'auto', audio: 'audio', text: 'text' };
const partOf: Record<CallWish, PartWith> = { auto: 'video', audio: 'audio', text: 'text' };
const barsOf = (score: PeerQuality['score'] | null): Bars | null => (score === null ? null : score >= 5 ? 4 : score === 4 ? 3 : score === 3 ? 2 : 1);
const rank: Record<CallStep, number> = { video: 2, audio: 1, text: 0 };
/** The same track is the same stream: a video that is given another one begins anew. */
const streams = new WeakMap<MediaStreamTrack, MediaStream>();
function streamOf(track: MediaStreamTrack | null | undefined): MediaStream | null {
  if (!track) return null;
  let stream = streams.get(track);
  if (!stream) streams.set(track, stream = new MediaStream([track]));
  return stream;
}

interface Own {
  call: Call;
  closed: CallView['closed']; problem: string;
  lostAt: number | null;
  moved: CallView['moved'];
  blocked: boolean; turnable: boolean;
  microphoneProblem: DeviceProblem | null; cameraProblem: DeviceProblem | null;
  level: number;
  /** Whom the page shows large: they stay until they leave, or another speaks while they do not. */
  main: string | undefined;
}

/** `handed`: what the pre-check opened; it is the call's from now on. */
export function useRoomCall(interviewId: string, wished: PartWith, handed?: OpenTracks | null): InterviewCall {
  let over = false;
  let facing: 'user' | 'environment' = 'user';
  let current: Own;
  const own = shallowRef<Own>(begin(wished, handed));
  const redraw = () => triggerRef(own);

  function begin(wish: PartWith, tracks?: OpenTracks | null): Own {
    const call = new Call({ pass: () => api('POST /interviews/:interviewId/join', { params: { interviewId } }) });
    const mine: Own = { call, closed: null, problem: '', lostAt: null, moved: null, blocked: false, turnable: false, microphoneProblem: null, cameraProblem: null, level: 0, main: undefined };
    current = mine;
    let before: CallStep = call.step;
    call.on('changed', () => {
      if (mine !== current) return;
      const lost = call.hint !== null && call.state !== 'entering' && !call.closed;
      mine.lostAt = lost ? mine.lostAt ?? Date.now() : null;
      mine.main = mainOf(call.people, mine.main)?.peerId;
      redraw();
    });
    call.on('step', (step, reason) => {
      if (reason !== 'wish') mine.moved = { to: partOf[step === 'video' ? 'auto' : step], up: rank[step] > rank[before], at: Date.now() };
      before = step;
      if (mine === current) redraw();
    });
    call.on('closed', (reason, error) => {
      mine.closed = reason;
      mine.problem = error instanceof ApiError ? error.message : '';
      if (mine === current) redraw();
    });
    if (wish !== 'video') call.choose(wishOf[wish]);
    if (tracks?.voice) call.microphone.adopt(tracks.voice);
    if (tracks?.picture) call.camera.adopt(tracks.picture);
    call.enter().catch((error: unknown) => console.warn('Interview room:', error)); // `closed` says why
    void open(mine, wish);
    return mine;
  }

  /** Asks for what this way needs and is not there yet. What cannot be had is said; the call goes on without. */
  async function open(mine: Own, wish: PartWith): Promise<void> {
    const { call } = mine;
    const has = (track: MediaStreamTrack | undefined) => track?.readyState === 'live';
    if (wish !== 'text' && !has(call.microphone.track)) {
      mine.microphoneProblem = null;
      await call.microphone.begin().catch((error: unknown) => { console.warn('Microphone:', error); mine.microphoneProblem = deviceProblem(error); });
    }
    if (wish === 'video' && !has(call.camera.track) && !call.closed) {
      mine.cameraProblem = null;
      await call.camera.begin().catch((error: unknown) => { console.warn('Camera:', error); mine.cameraProblem = deviceProblem(error); });
    }
    mine.turnable = (await listDevices()).cameras.length > 1;
    if (over) call.close();
    if (mine === current) redraw();
  }

  const now = () => own.value;
  const main = computed(() => own.value.call.people.find(one => one.peerId === own.value.main));

  // How loud they are is drawn only where no picture is.
  let quiet: (() => void) | undefined;
  watch(() => (own.value.call.step === 'audio' ? main.value?.voice : null) ?? null, track => {
    quiet?.();
    quiet = track ? watchLevel(track, level => {
      if (Math.abs(level - own.value.level) < 0.03) return;
      own.value.level = level;
      redraw();
    }) : undefined;
  });
  onScopeDispose(() => {
    over = true;
    quiet?.();
    own.value.call.close();
  });

  const view = computed<CallView>(() => {
    const is = own.value;
    const { call } = is;
    const them = main.value;
    const shared = call.people.find(one => one.screen);
    return {
      state: call.closed ? 'closed' : call.state === 'entering' ? 'entering' : 'open', closed: is.closed, problem: is.problem, lostAt: is.lostAt,
      wish: partOf[call.wish], step: call.step, moved: is.moved,
      picture: streamOf(them?.camera), screen: streamOf(shared?.screen),
      tiles: call.people.filter(one => one !== them && one.camera).map(one => ({ key: one.peerId, name: one.name, stream: streamOf(one.camera)! })),
      sounds: call.people.flatMap(one => [one.voice, one.screenSound].filter((track): track is MediaStreamTrack => track !== null).map(track => ({ key: track.id, stream: streamOf(track)! }))),
      blocked: is.blocked, self: call.cameraOff ? null : streamOf(call.camera.track),
      muted: call.muted || is.microphoneProblem !== null, cameraOff: call.cameraOff || is.cameraProblem !== null, turnable: is.turnable, noiseReduced: call.noiseReduced,
      microphoneTaken: call.microphone.state === 'taken' && call.step !== 'text' && is.microphoneProblem === null,
      deviceProblem: call.step === 'text' ? null : is.microphoneProblem ?? (call.step === 'video' ? is.cameraProblem : null),
      present: !!them, lost: them?.quality === 0, theirCamera: !!them && !them.cameraOff, theirMicrophone: !!them && !them.muted,
      theirLevel: is.level, bars: barsOf(call.quality), theirBars: barsOf(them?.quality ?? null), bytes: call.dataUsed,
    };
  });

  return {
    view,
    async setMuted(yes) {
      const mine = now();
      if (!yes) await open(mine, 'audio');
      mine.call.setMuted(yes);
      redraw();
    },
    async setCamera(on) {
      const mine = now();
      if (on) await open(mine, 'video');
      mine.call.setCameraOff(!on);
      redraw();
    },
    async turn() {
      facing = facing === 'user' ? 'environment' : 'user';
      await now().call.camera.change({ facing, deviceId: undefined }).catch((error: unknown) => console.warn('Other camera:', error));
      redraw();
    },
    async reduceNoise(on) {
      await now().call.reduceNoise(on).catch((error: unknown) => console.warn('Microphone:', error));
      redraw();
    },
    choose(wish) {
      const mine = now();
      mine.call.choose(wishOf[wish]);
      void open(mine, wish);
    },
    async takeMicrophone() {
      await now().call.microphone.change({}).catch((error: unknown) => console.warn('Microphone:', error));
      redraw();
    },
    setBlocked(yes) {
      if (now().blocked === yes) return;
      now().blocked = yes;
      redraw();
    },
    retry() {
      const wish = partOf[now().call.wish];
      now().call.close();
      own.value = begin(wish);
    },
    leave() { now().call.close(); },
  };
}

/** The one who is shown stays, unless they left, or are silent while another speaks; interviewers' pictures before none. */
function mainOf(people: readonly Person[], before: string | undefined): Person | undefined {
  const was = people.find(one => one.peerId === before);
  if (was && (was.speaking || !people.some(one => one.speaking))) return was;
  return people.find(one => one.speaking) ?? was ?? people.find(one => one.camera) ?? people[0];
}
