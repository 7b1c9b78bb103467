import ts from 'typescript'
import { sqlEdits } from './sql.ts'

/** One mistake at one node: the text that stands there instead of the node. */
export interface Mistake {
  readonly mutator: string
  readonly about: string
  readonly text: string
}

const K = ts.SyntaxKind
const operators: ReadonlyMap<ts.SyntaxKind, readonly (readonly [mutator: string, by: string])[]> = new Map([
  [
    K.LessThanToken,
    [
      ['boundary', '<='],
      ['negated', '>='],
    ],
  ],
  [
    K.LessThanEqualsToken,
    [
      ['boundary', '<'],
      ['negated', '>'],
    ],
  ],
  [
    K.GreaterThanToken,
    [
      ['boundary', '>='],
      ['negated', '<='],
    ],
  ],
  [
    K.GreaterThanEqualsToken,
    [
      ['boundary', '>'],
      ['negated', '<'],
    ],
  ],
  [K.EqualsEqualsEqualsToken, [['negated', '!==']]],
  [K.ExclamationEqualsEqualsToken, [['negated', '===']]],
  [K.AmpersandAmpersandToken, [['logical', '||']]],
  [K.BarBarToken, [['logical', '&&']]],
  [K.PlusToken, [['arithmetic', '-']]],
  [K.MinusToken, [['arithmetic', '+']]],
  [K.AsteriskToken, [['arithmetic', '/']]],
  [K.SlashToken, [['arithmetic', '*']]],
  [K.PercentToken, [['arithmetic', '*']]],
  [K.AsteriskAsteriskToken, [['arithmetic', '*']]],
  [K.CaretToken, [['arithmetic', '&']]],
])

/** The mistakes that an expression can hold. `text` of a node is its source. */
export function mistakesOf(node: ts.Expression): Mistake[] {
  const text = node.getText()
  if (ts.isBinaryExpression(node)) return binary(node)
  if (ts.isPrefixUnaryExpression(node) && node.operator === K.ExclamationToken) {
    return [{ mutator: 'not', about: text, text: node.operand.getText() }]
  }
  if (node.kind === K.TrueKeyword || node.kind === K.FalseKeyword) {
    return [{ mutator: 'boolean', about: text, text: text === 'true' ? 'false' : 'true' }]
  }
  if (ts.isConditionalExpression(node)) {
    const arms = [node.whenTrue.getText(), node.whenFalse.getText()]
    return arms.map((arm, at) => ({
      mutator: at === 0 ? 'always then' : 'always else',
      about: node.condition.getText(),
      text: arm,
    }))
  }
  if (ts.isNumericLiteral(node)) {
    return [1, -1].map((by) => ({
      mutator: `number ${by > 0 ? '+1' : '-1'}`,
      about: text,
      text: String(Number(node.text) + by),
    }))
  }
  if (ts.isStringLiteral(node) || ts.isTemplateLiteral(node)) return textual(node, text)
  if (ts.isObjectLiteralExpression(node)) return properties(node)
  return extremum(node, text)
}

function binary(node: ts.BinaryExpression): Mistake[] {
  const [left, token, right] = [node.left.getText(), node.operatorToken, node.right.getText()]
  if (token.kind === K.QuestionQuestionToken) {
    return [left, right].map((side, at) => ({
      mutator: at === 0 ? '?? left' : '?? right',
      about: node.getText(),
      text: side,
    }))
  }
  return (operators.get(token.kind) ?? []).map(([mutator, by]) => ({
    mutator,
    about: `${node.getText()} -> ${by}`,
    text: `${left} ${by} ${right}`,
  }))
}

function extremum(node: ts.Expression, text: string): Mistake[] {
  if (!ts.isCallExpression(node)) return []
  const called = node.expression.getText()
  const other = called === 'Math.min' ? 'Math.max' : called === 'Math.max' ? 'Math.min' : undefined
  return other === undefined ? [] : [{ mutator: 'min max', about: text, text: `${other}${text.slice(called.length)}` }]
}

/** SQL wherever it stands; other texts where they are a state, an outcome, an event or a name of one. */
function textual(node: ts.StringLiteral | ts.TemplateLiteral, text: string): Mistake[] {
  const quote = text.charAt(0)
  const sql = sqlEdits(text.slice(1, -1))
  if (sql.length > 0) return sql.map((edit) => ({ ...edit, text: `${quote}${edit.text}${quote}` }))
  const { parent } = node
  const isValue =
    (ts.isPropertyAssignment(parent) && parent.initializer === node) ||
    ts.isArrayLiteralExpression(parent) ||
    ts.isReturnStatement(parent) ||
    (ts.isConditionalExpression(parent) && parent.condition !== node)
  return isValue && text.length > 2 ? [{ mutator: 'text', about: text, text: `''` }] : []
}

function properties(node: ts.ObjectLiteralExpression): Mistake[] {
  return node.properties
    .filter((property) => !isTypeAlone(property))
    .map((property) => {
      const rest = node.properties.filter((one) => one !== property).map((one) => one.getText())
      return { mutator: 'property dropped', about: property.getText(), text: `{ ${rest.join(', ')} }` }
    })
}

/** The values that the typed reads list for a column: the compiler reads them, nothing at run time does. */
export function isTypeAlone(node: ts.Node): boolean {
  return ts.isPropertyAssignment(node) && node.name.getText() === 'enum'
}

/** Statements that may be missing: calls, assignments, and what is returned before the end. */
export function isDroppable(node: ts.Node): node is ts.ExpressionStatement {
  if (!ts.isExpressionStatement(node)) return false
  const inner =
    ts.isYieldExpression(node.expression) || ts.isAwaitExpression(node.expression)
      ? node.expression.expression
      : node.expression
  if (inner === undefined) return false
  return ts.isCallExpression(inner) || ts.isBinaryExpression(inner)
}
