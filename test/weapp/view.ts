import { runInThisContext } from 'node:vm'
import {
  glassEasel,
  MiniProgramEnv,
  type CodeSpace,
  type ComponentEnv,
  type Root,
} from 'glass-easel-miniprogram-adapter'
import { TmplGroup } from 'glass-easel-template-compiler'
import type { Build } from './build.ts'

type Templates = Readonly<Record<string, glassEasel.template.ComponentTemplate['content']>>

/** What became of the templates; compiling them takes longer than everything else at the start. */
const compiled = new WeakMap<Build, Templates>()

/** Every template and template script of the build, by WeChat's own compiler. */
function templatesOf(build: Build): Templates {
  const known = compiled.get(build)
  if (known) return known
  const group = new TmplGroup()
  for (const [path, text] of build.files) {
    if (path.endsWith('.wxs')) group.addScript(path.slice(0, -'.wxs'.length), text)
    if (!path.endsWith('.wxml')) continue
    const faults: readonly unknown[] = group.addTmpl(path.slice(0, -'.wxml'.length), text)
    if (faults.length > 0) throw new Error(`${path} is no proper template: ${JSON.stringify(faults)}`)
  }
  const templates = runInThisContext(group.getTmplGenObjectGroups()) as Templates
  group.free()
  compiled.set(build, templates)
  return templates
}

/** Draws nothing: what is on a page is read from the component tree itself. Rendering still ends later, never at once. */
class Screen extends glassEasel.EmptyBackendContext {
  readonly #later: (task: () => void) => void
  constructor(later: (task: () => void) => void) {
    super()
    this.#later = later
  }

  override render(done: (error: Error | null) => void): void {
    this.#later(() => done(null))
  }
}

/** The half of a mini program that knows templates and components: WeChat's own framework, on no screen. */
export class View {
  readonly #space: CodeSpace
  readonly #backend: ReturnType<MiniProgramEnv['associateBackend']>

  /** `later` runs a task when whatever runs now is over. */
  constructor(build: Build, later: (task: () => void) => void) {
    const env = new MiniProgramEnv()
    this.#space = env.createCodeSpace('main', true)
    this.#backend = env.associateBackend(new Screen(later))
    const templates = templatesOf(build)
    for (const [path, content] of Object.entries(templates)) {
      this.#space.addComponentStaticConfig(path, { ...build.partConfig(path) })
      // Elements that are no components, such as `view`, take `bindtap` as a listener only with this option.
      this.#space.addCompiledTemplate(path, { groupList: templates, content, fallbackListenerOnNativeNode: true })
    }
  }

  /** Runs what registers the page or component at `path`. */
  define(path: string, register: (env: ComponentEnv) => void): void {
    this.#space.componentEnv(path, register)
  }

  /** A page that has been defined, not shown yet. */
  create(path: string): Root {
    return this.#backend.createRoot('page', this.#space, path)
  }
}

/** Puts a page on the screen. */
export const attach = (root: Root): void => glassEasel.Element.pretendAttached(root.getComponent())

/** Takes a page off the screen for good. */
export function detach(root: Root): void {
  glassEasel.Element.pretendDetached(root.getComponent())
  root.release()
}
