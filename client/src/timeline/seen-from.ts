/** How far somebody has read on from a message without leaving anything out. */
export class SeenFrom {
  #to: number

  /** `first`: nothing from here on has been seen. */
  constructor(first: number) {
    this.#to = first - 1
  }

  /** The messages `first` to `last` are on the screen. True: between those seen before and these lie some that were passed over. */
  look(first: number, last: number): boolean {
    if (first <= this.#to + 1) this.#to = Math.max(this.#to, last)
    return first > this.#to + 1
  }
}
