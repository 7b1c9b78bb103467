/** 分期期限: always six months (C 二（三）). */
export const INSTALMENT_MONTHS = 6

/** One month's part in fen. */
export interface Share {
  readonly principalFen: number
  readonly interestFen: number
}

/** Interest of one month in fen. */
export const monthlyInterest = (balanceFen: number, annualPercent: number): number =>
  Math.round((balanceFen * annualPercent) / 1200)

/** The same total each month: `P·r·(1+r)^n / ((1+r)^n − 1)`, without interest simply an equal part. */
function equalTotal(principalFen: number, annualPercent: number, months: number): number {
  const rate = annualPercent / 1200
  const growth = (1 + rate) ** months
  if (growth === 1) return Math.round(principalFen / months)
  return Math.round((principalFen * rate * growth) / (growth - 1))
}

/**
 * 按月等额还款 to the fen (C 二（三）, bank.md §5.7): each month pays the interest on the balance and the rest of an equal total; the last month
 * takes what is left. No month's principal is negative, whatever the amount.
 */
export function equalInstalments(principalFen: number, annualPercent: number, months: number): Share[] {
  const totalFen = equalTotal(principalFen, annualPercent, months)
  let balanceFen = principalFen
  return Array.from({ length: months }, (_, at) => {
    const interestFen = monthlyInterest(balanceFen, annualPercent)
    const ordinaryFen = Math.min(Math.max(totalFen - interestFen, 0), balanceFen)
    const paidFen = at === months - 1 ? balanceFen : ordinaryFen
    balanceFen -= paidFen
    return { principalFen: paidFen, interestFen }
  })
}
