import ts from 'typescript'
import { isDroppable, isTypeAlone, mistakesOf, type Mistake } from './mutators.ts'

/** One mistake behind its switch. `name` stays the same while the code around it changes: file, function, mutator, what it does. */
export interface Mutant {
  readonly id: number
  readonly name: string
  readonly file: string
  readonly line: number
}

export interface Source {
  readonly file: string
  readonly text: string
}

/** Sources with a switch for every mistake, and the list of them. */
export interface Instrumented {
  readonly files: readonly Source[]
  readonly mutants: readonly Mutant[]
}

/** `readers` hold no mistakes, but what they read is noticed. `runtime` answers how a file imports `switch.ts`. */
export function instrument(
  sources: readonly Source[],
  readers: readonly Source[],
  runtime: (file: string) => string,
): Instrumented {
  const parse = ({ file, text }: Source) => ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)
  const parsed = sources.map(parse)
  const constants = new Map(
    parsed.flatMap((file) => constantsOf(file).map((name) => `${file.fileName}:${name}`)).map((key, id) => [key, id]),
  )
  const mutants: Mutant[] = []
  const files = [...parsed, ...readers.map(parse)].map((file) => {
    const text = new Writer(file, constants, parsed.includes(file) ? mutants : undefined).write()
    const imported = `import { is as $is, constant as $constant, read as $read } from '${runtime(file.fileName)}'`
    return { file: file.fileName, text: `${imported}\n${text}` }
  })
  return { files, mutants }
}

/** What a module computes when it is loaded. Functions are no such thing: they run later. */
function constantOf(statement: ts.Statement): ts.VariableDeclaration | undefined {
  if (!ts.isVariableStatement(statement)) return undefined
  const [declaration] = statement.declarationList.declarations
  const value = declaration?.initializer
  if (!value || ts.isArrowFunction(value) || ts.isFunctionExpression(value)) return undefined
  return declaration
}

function constantsOf(file: ts.SourceFile): string[] {
  return file.statements.flatMap((statement) => constantOf(statement)?.name.getText() ?? [])
}

class Writer {
  readonly #file: ts.SourceFile
  /** Where the mistakes are listed; undefined for a file that holds none. */
  readonly #mutants: Mutant[] | undefined
  readonly #names = new Map<string, number>()
  /** Constants by the name that this file has for them. */
  readonly #constants = new Map<string, number>()
  constructor(file: ts.SourceFile, constants: ReadonlyMap<string, number>, mutants: Mutant[] | undefined) {
    this.#file = file
    this.#mutants = mutants
    const imported = new Set(
      file.statements.flatMap((one) => {
        const bindings = ts.isImportDeclaration(one) ? one.importClause?.namedBindings : undefined
        return bindings && ts.isNamedImports(bindings) ? bindings.elements.map(({ name }) => name.text) : []
      }),
    )
    for (const [key, id] of constants) {
      const [where, name = ''] = key.split(':')
      if (where === file.fileName || imported.has(name)) this.#constants.set(name, id)
    }
  }

  write(): string {
    return this.#inner(this.#file)
  }

  #inner(node: ts.Node): string {
    const { text } = this.#file
    let at = node.getStart(this.#file)
    let written = ''
    ts.forEachChild(node, (child) => {
      if (child.kind === ts.SyntaxKind.EndOfFileToken) return
      const from = child.getStart(this.#file)
      written += text.slice(at, from) + this.#node(child)
      at = child.end
    })
    return written + text.slice(at, node.end)
  }

  #node(node: ts.Node): string {
    if (ts.isTypeNode(node) || ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.getText()
    if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return node.getText()
    if (ts.isVariableStatement(node) && node.parent === this.#file && this.#mutants) return this.#constant(node)
    if (isTypeAlone(node)) return node.getText()
    if (isDroppable(node) && this.#mutants)
      return `{ if (!${this.#switch(node, { mutator: 'call dropped', about: node.getText() })}) { ${this.#inner(node)} } }`
    if (ts.isReturnStatement(node) && isEarly(node) && this.#mutants) return this.#early(node)
    if (ts.isShorthandPropertyAssignment(node) && this.#reads(node.name))
      return `${node.name.text}: ${this.#read(node.name)}`
    if (ts.isIdentifier(node)) return this.#reads(node) && isReading(node) ? this.#read(node) : node.text
    return ts.isExpression(node) ? this.#expression(node) : this.#inner(node)
  }

  #expression(node: ts.Expression): string {
    const written = this.#inner(node)
    if (!this.#mutants) return written
    const { parent } = node
    const isCondition = ts.isIfStatement(parent) && parent.expression === node
    const forced = ['true', 'false'].map((text) => ({ mutator: `if ${text}`, about: node.getText(), text }))
    const mistakes = [...(isCondition ? forced : []), ...mistakesOf(node)]
    const switches = mistakes.map((mistake) => `${this.#switch(node, mistake)} ? (${mistake.text}) : `)
    return switches.length === 0 ? written : `(${switches.join('')}(${written}))`
  }

  #early(node: ts.ReturnStatement): string {
    const value = node.expression
    if (!value || value.getText() === 'undefined') return this.#inner(node)
    const gone = this.#switch(node, { mutator: 'returns nothing', about: node.getText() })
    return `return (${gone} ? undefined : (${this.#node(value)}))`
  }

  #constant(node: ts.VariableStatement): string {
    const declaration = constantOf(node)
    const id = declaration && this.#constants.get(declaration.name.getText())
    if (!declaration?.initializer || id === undefined) return this.#inner(node)
    const name = declaration.name.getText()
    const isExported = node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false
    const value = this.#node(declaration.initializer)
    return `${isExported ? 'export ' : ''}let ${name}: any\n$constant(${id}, () => { ${name} = (${value}) })`
  }

  #reads(name: ts.Identifier): boolean {
    return this.#constants.has(name.text) && !isShadowed(name)
  }

  #read(name: ts.Identifier): string {
    return `$read(${this.#constants.get(name.text)}, ${name.text})`
  }

  #switch(node: ts.Node, { mutator, about }: Omit<Mistake, 'text'>): string {
    const what = about.replace(/\s+/g, ' ')
    const short = what.length > 90 ? `${what.slice(0, 89)}…` : what
    const key = `${this.#file.fileName}:${functionOf(node)}:${mutator}:${short}`
    const count = (this.#names.get(key) ?? 0) + 1
    this.#names.set(key, count)
    const mutants = this.#mutants ?? []
    const id = mutants.length
    const line = this.#file.getLineAndCharacterOfPosition(node.getStart(this.#file)).line + 1
    mutants.push({ id, name: count === 1 ? key : `${key} #${count}`, file: this.#file.fileName, line })
    return `$is(${id})`
  }
}

/** Something follows it in its function. */
function isEarly(node: ts.ReturnStatement): boolean {
  const { parent } = node
  return !ts.isBlock(parent) || !ts.isFunctionLike(parent.parent) || parent.statements.at(-1) !== node
}

/** The name is an operand, not the name of a member, a parameter or a declaration. */
function isReading(name: ts.Identifier): boolean {
  const { parent } = name
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === name
  if (ts.isPropertyAssignment(parent) || ts.isVariableDeclaration(parent)) return parent.initializer === name
  if (ts.isParameter(parent) || ts.isBindingElement(parent)) return parent.initializer === name
  return ts.isExpression(parent) || ts.isTemplateSpan(parent) || ts.isStatement(parent) || ts.isSpreadAssignment(parent)
}

function isShadowed(name: ts.Identifier): boolean {
  for (let scope: ts.Node = name; scope.parent; scope = scope.parent) {
    if (ts.isFunctionLike(scope) && declares(scope, name.text)) return true
  }
  return false
}

function declares(scope: ts.Node, name: string): boolean {
  const isIt = (node: ts.Node): boolean =>
    (ts.isParameter(node) || ts.isVariableDeclaration(node) || ts.isBindingElement(node)) &&
    node.name.getText() === name
  return isIt(scope) || (ts.forEachChild(scope, (child) => declares(child, name) || undefined) ?? false)
}

function functionOf(node: ts.Node): string {
  for (let at = node; at.parent; at = at.parent) {
    if (ts.isConstructorDeclaration(at)) return 'constructor'
    if ((ts.isFunctionDeclaration(at) || ts.isMethodDeclaration(at)) && at.name) return at.name.getText()
    if (ts.isVariableDeclaration(at) && ts.isSourceFile(at.parent.parent.parent)) return at.name.getText()
  }
  return ''
}
