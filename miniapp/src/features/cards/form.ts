import { isIdNumber } from '@paycare/shared/rules'
import { cardAddTexts } from '@paycare/shared/text'

const { errors } = cardAddTexts

/** What is wrong with a name, in words for the patient; undefined when nothing is. */
export function nameError(name: string): string | undefined {
  return name.trim() === '' ? errors.name : undefined
}

/** An identity number as it is written on the card: without the spaces of a paste, with a capital X. */
export const plainIdNumber = (typed: string): string => typed.replace(/\s/g, '').toUpperCase()

/** What is wrong with an identity number, in words for the patient; undefined when nothing is. */
export function idNumberError(idNumber: string): string | undefined {
  if (idNumber === '') return errors.idNumber
  if (idNumber.length !== 18) return errors.idLength(idNumber.length)
  if (!/^\d{17}[\dX]$/.test(idNumber)) return errors.idCharacters
  return isIdNumber(idNumber) ? undefined : errors.idChecksum
}

/** What to do after a refusal. */
export function nextStep(code: string): string {
  return cardAddTexts.nextSteps[code] ?? cardAddTexts.otherNext
}
