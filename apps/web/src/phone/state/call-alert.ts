/** 到你了: it rings, it shakes where the phone can, and the browser's title says it, until somebody answers. */
import { computed, onScopeDispose, ref, watch, type ComputedRef } from 'vue';

let context: AudioContext | undefined;
const awake = ref(false);

/** Browsers give no sound before a tap: the first one anywhere wakes it. */
function wake(): void {
  const Made = window.AudioContext ?? (window as unknown as { webkitAudioContext?: typeof AudioContext }).webkitAudioContext;
  if (!Made) return;
  try {
    context ??= new Made();
    void context.resume().then(() => { awake.value = context?.state === 'running'; });
  } catch (error) {
    console.warn('No sound on this device:', error);
  }
}

function tone(frequency: number, from: number, seconds: number): void {
  if (context?.state !== 'running') return;
  const start = context.currentTime + from;
  const gain = context.createGain();
  gain.gain.setValueAtTime(0.0001, start);
  gain.gain.exponentialRampToValueAtTime(0.4, start + 0.02);
  gain.gain.exponentialRampToValueAtTime(0.0001, start + seconds);
  const oscillator = new OscillatorNode(context, { type: 'triangle', frequency });
  oscillator.connect(gain).connect(context.destination);
  oscillator.start(start);
  oscillator.stop(start + seconds);
}

/** 叮咚: two tones, high then low; what the pre-check plays, too. Call it from a tap, or after one. */
export function chime(): void {
  wake();
  const ring = () => { tone(988, 0, 0.7); tone(784, 0.35, 0.9); };
  if (context?.state === 'running') ring();
  else void context?.resume().then(ring, (error: unknown) => console.warn('Chime:', error));
}

const EVERY = 3000;

/** Rings while `called` holds a key, at once when it changes. `title`: what the browser's tab flashes. True: sound will be heard. */
export function useCallAlert(called: () => string | null, title: () => string): { audible: ComputedRef<boolean> } {
  document.addEventListener('pointerdown', wake, { passive: true });
  document.addEventListener('keydown', wake);
  let timer: ReturnType<typeof setInterval> | undefined;
  let flash: ReturnType<typeof setInterval> | undefined;
  let before = '';
  let shaken = false;
  function stop(): void {
    clearInterval(timer);
    clearInterval(flash);
    if (before && document.title.startsWith('【')) document.title = before;
    before = '';
    if (shaken) navigator.vibrate?.(0);
    shaken = false;
  }
  function ring(): void {
    if (context?.state === 'running') { tone(988, 0, 0.7); tone(784, 0.35, 0.9); }
    if (awake.value) shaken = navigator.vibrate?.([300, 150, 300]) ?? false; // before a tap it is refused
  }
  watch(called, key => {
    stop();
    if (!key) return;
    ring();
    timer = setInterval(ring, EVERY);
    before = document.title;
    let on = false;
    flash = setInterval(() => {
      if (!document.title.startsWith('【')) before = document.title; // the page went on meanwhile
      on = !on;
      document.title = on ? `【${title()}】${before}` : before;
    }, 1000);
  }, { immediate: true });
  onScopeDispose(() => {
    stop();
    document.removeEventListener('pointerdown', wake);
    document.removeEventListener('keydown', wake);
  });
  return { audible: computed(() => awake.value) };
}
