/** Subscribers of one kind of event. A subscriber that throws does not keep the others from hearing. */
export class Listeners<T = void> {
  readonly #all = new Set<(value: T) => void>()

  add(listener: (value: T) => void): () => void {
    this.#all.add(listener)
    return () => void this.#all.delete(listener)
  }

  emit(value: T): void {
    for (const listener of [...this.#all]) {
      try {
        listener(value)
      } catch (error) {
        console.error(error)
      }
    }
  }
}
