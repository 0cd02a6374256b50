/** ms between two sounds: many messages at once are one event to the ear. */
const SOUND_EVERY = 4_000

/** Lets a sound through now and then. */
export class SoundLimit {
  #last = -Infinity

  take(now: number): boolean {
    if (now - this.#last < SOUND_EVERY) return false
    this.#last = now
    return true
  }
}
