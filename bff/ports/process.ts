/** The process that the code runs in: its turns and its end. */
export interface Process {
  /** Calls back once everything that is ready now has run. */
  soon(callback: () => void): void
  /** Ends the process at once. What is stored goes on when it starts again. */
  exit(error: Error): void
}
