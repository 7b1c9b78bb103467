import { spawn, type ChildProcess } from 'node:child_process'
import { createWriteStream } from 'node:fs'

/** The processes of the demo: started together, ended together. */
export class Children {
  readonly #running = new Set<ChildProcess>()
  #ending = false

  /** Starts a program whose output goes to a file; `onEarlyEnd` is called when it ends by itself. */
  start(
    command: string,
    args: readonly string[],
    env: Readonly<Record<string, string>>,
    logFile: string,
    onEarlyEnd: (code: number | null) => void,
  ): ChildProcess {
    const child = spawn(command, [...args], { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
    const log = createWriteStream(logFile)
    child.stdout.pipe(log, { end: false })
    child.stderr.pipe(log, { end: false })
    this.#running.add(child)
    child.once('exit', (code) => {
      this.#running.delete(child)
      if (!this.#ending) onEarlyEnd(code)
    })
    return child
  }

  /** Asks every program to end and waits until it has. */
  async end(): Promise<void> {
    this.#ending = true
    await Promise.all(
      [...this.#running].map(
        (child) =>
          new Promise<void>((resolve) => {
            child.once('exit', () => resolve())
            child.kill('SIGTERM')
          }),
      ),
    )
  }
}
