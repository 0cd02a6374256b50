/** Two short tones, the second a fourth higher: Hz, and s from the beginning. */
const TONES = [
  { hz: 659.25, at: 0 },
  { hz: 880, at: 0.09 },
] as const
/** s for which each of them fades. */
const FADES = 0.28
/** Of 1: it is to be noticed, not to startle. */
const VOLUME = 0.18

let context: AudioContext | undefined

/** Makes the sound of a new message. Browsers let a page sound only after it has been used; before that it answers false and nothing is heard. */
export function playNotificationSound(): boolean {
  if (typeof AudioContext === 'undefined' || navigator.userActivation?.hasBeenActive === false) return false
  try {
    context ??= new AudioContext()
    // One that rests, as when the device slept, wakes; what is planned now is heard then.
    if (context.state !== 'running') void context.resume().catch(() => undefined)
    for (const { hz, at } of TONES) tone(context, hz, context.currentTime + at)
    return true
  } catch {
    // No sound device, or too many users of it.
    return false
  }
}

function tone(audio: AudioContext, hz: number, from: number): void {
  const oscillator = audio.createOscillator()
  const gain = audio.createGain()
  oscillator.type = 'sine'
  oscillator.frequency.value = hz
  gain.gain.setValueAtTime(0, from)
  gain.gain.linearRampToValueAtTime(VOLUME, from + 0.012)
  gain.gain.exponentialRampToValueAtTime(0.0001, from + FADES)
  oscillator.connect(gain).connect(audio.destination)
  oscillator.start(from)
  oscillator.stop(from + FADES)
}
