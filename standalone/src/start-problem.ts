/** Something that keeps it from starting and that the operator can put right: `message` is one sentence, fit to print. */
export class StartProblem extends Error {}
