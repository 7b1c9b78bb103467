import { creditStates } from './credit-states.ts'
import { holdStates } from './hold-states.ts'
import { registrationStates } from './registration-states.ts'

/**
 * The texts of every machine, for whoever looks through all of them; a page takes the table of its own, so that no page carries the
 * texts of another one. Each table is a record of all rows: a state without a text does not compile.
 */
export const stateTexts = { hold: holdStates, credit: creditStates, registration: registrationStates } as const
