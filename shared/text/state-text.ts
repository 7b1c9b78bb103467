/** How a state looks: which icon and colour, whether the page keeps asking, whether another payment is offered. */
export type Face = 'done' | 'waiting' | 'posting' | 'notPaid' | 'yourTurn'
/** What the one button of a state does; the page knows how. */
export type StateAction =
  | 'askAgain'
  | 'openVisit'
  | 'openVisits'
  | 'agree'
  | 'goHome'
  | 'payOtherWay'
  | 'chooseAgain'
  | 'sign'
  | 'detail'
  | 'repay'

/** One sentence, or how it is made of what is known. */
export type Line<F> = string | ((facts: F) => string)

/** Everything a page says about one state. An empty line is not shown. */
export interface StateText<F> {
  readonly face: Face
  /** Two to eight characters for lists. */
  readonly brief: string
  readonly title: Line<F>
  readonly money: Line<F>
  readonly next: Line<F>
  readonly when: Line<F>
  readonly action: { readonly does: StateAction; readonly label: string }
  readonly help: Line<F>
}

/** A state text as a page shows it. */
export interface RenderedState extends Omit<StateText<never>, 'title' | 'money' | 'next' | 'when' | 'help'> {
  readonly title: string
  readonly money: string
  readonly next: string
  readonly when: string
  readonly help: string
}

/** Where help is, at the end of every state. */
export const callHelp = (f: { readonly phone: string }): string => `有疑问请拨打医院电话 ${f.phone}`
export const askAgain = { does: 'askAgain', label: '再查一次' } as const
/** What always works instead of the quota. */
export const otherWays = '请到缴费窗口或自助机，用微信、银行卡或现金支付'

/** A state text with its facts filled in. */
export function renderState<F>(text: StateText<F>, facts: F): RenderedState {
  const fill = (line: Line<F>): string => (typeof line === 'string' ? line : line(facts))
  return {
    face: text.face,
    brief: text.brief,
    action: text.action,
    title: fill(text.title),
    money: fill(text.money),
    next: fill(text.next),
    when: fill(text.when),
    help: fill(text.help),
  }
}
