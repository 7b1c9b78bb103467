/** Why some mistakes may go unnoticed. */
export interface Reason {
  readonly why: string
  /** Names of mutants (`instrument.ts`). */
  readonly of: readonly string[]
}

/** A survivor that stands nowhere here fails the run; one that stands here and is killed is printed, so that the list stays short. */
export const reasons: readonly Reason[] = []
