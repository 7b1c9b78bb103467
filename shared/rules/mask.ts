/** 张三 → 张*; 欧阳小明 → 欧***; a name with · keeps its first character only (`bank.md §7`). */
export function maskName(name: string): string {
  const characters = [...name.trim()]
  if (characters.length <= 1) return '*'
  const stars = name.includes('·') ? 3 : Math.min(3, characters.length - 1)
  return `${characters[0]}${'*'.repeat(stars)}`
}

/** 510***********1231: first three, last four (`bank.md §7`). */
export function maskIdNumber(idNumber: string): string {
  if (idNumber.length < 8) return '*'.repeat(idNumber.length)
  return `${idNumber.slice(0, 3)}${'*'.repeat(idNumber.length - 7)}${idNumber.slice(-4)}`
}

/** The last four characters of a number that is not a secret by itself: agreement, card, serial. */
export function tail(number: string): string {
  return number.slice(-4)
}
