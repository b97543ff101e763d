import { computed, ref } from 'vue';
import type { PartWith } from './check-done';
import type { InterviewCall } from './interview-call';

/** The call of one interview: for now by writing alone. */
export function useRoomCall(_interviewId: string, _wish: PartWith): InterviewCall {
  const left = ref(false);
  return {
    view: computed(() => ({
      state: 'open', closed: left.value ? 'left' : 'unsupported', problem: '', lostAt: null, wish: 'text', step: 'text', moved: null, picture: null, screen: null, sounds: [], blocked: false, self: null,
      muted: true, cameraOff: true, turnable: false, microphoneTaken: false, present: true, lost: false, theirCamera: false, theirMicrophone: false, theirLevel: 0, bars: null, theirBars: null, bytes: 0,
    })),
    setMuted: () => Promise.resolve(), setCamera: () => Promise.resolve(), turn: () => Promise.resolve(), choose: () => undefined, takeMicrophone: () => Promise.resolve(), heard: () => undefined, retry: () => undefined,
    leave: () => { left.value = true; },
  };
}
