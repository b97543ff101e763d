/** One short high tone and a short buzz: in. Two low tones and a long buzz: not in. Heard and felt without looking. */
let context: AudioContext | undefined;

/** Must be called from a tap once: browsers give no sound before. */
export function wakeSound(): void {
  try {
    context ??= new AudioContext();
    void context.resume();
  } catch (error) {
    console.warn('No sound on this device:', error);
  }
}

function tone(frequency: number, from: number, seconds: number): void {
  if (!context || context.state !== 'running') return;
  const start = context.currentTime + from;
  const gain = context.createGain();
  gain.gain.setValueAtTime(0.0001, start);
  gain.gain.exponentialRampToValueAtTime(0.5, start + 0.01);
  gain.gain.setValueAtTime(0.5, start + seconds - 0.03);
  gain.gain.exponentialRampToValueAtTime(0.0001, start + seconds);
  const oscillator = new OscillatorNode(context, { type: 'square', frequency });
  oscillator.connect(gain).connect(context.destination);
  oscillator.start(start);
  oscillator.stop(start + seconds);
}

export function sound(admitted: boolean): void {
  if (admitted) tone(1320, 0, 0.14);
  else {
    tone(220, 0, 0.26);
    tone(220, 0.36, 0.26);
  }
  // iOS has no vibration.
  navigator.vibrate?.(admitted ? 60 : 500);
}
