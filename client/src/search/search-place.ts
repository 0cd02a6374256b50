import type { Id } from '@chatflow/shared/ids'

/** Where somebody is among the results: it outlives the panel, which is made anew with each room that a result leads to. */
export class SearchPlace {
  /** px that the list is scrolled by. */
  top = 0
  /** The result that was followed last. */
  followed: Id | undefined

  /** Answers whether the list has moved. */
  scrolled(top: number): boolean {
    const moved = top !== this.top
    this.top = top
    return moved
  }

  follow(hit: Id): void {
    this.followed = hit
  }

  startOver(): void {
    this.top = 0
    this.followed = undefined
  }
}
