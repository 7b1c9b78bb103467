/** One edit of a source file: `find` must stand in it exactly once. */
export interface Edit {
  readonly file: string
  readonly find: string
  readonly replace: string
}

/** A mistake that somebody could make, and the rule that it breaks. */
export interface Bug {
  readonly name: string
  readonly breaks: string
  readonly edits: readonly Edit[]
  /** It breaks registrations: the day that is played has some; otherwise it has orders only. */
  readonly ofRegistrations?: true
  /** What it breaks happens seldom: the day must be larger. */
  readonly isRare?: true
  /** The test that turns red, where the simulation meets the mistake too rarely to be relied on; left out: the simulation. */
  readonly caughtBy?: { readonly project: 'unit' | 'journeys'; readonly file: string; readonly because: string }
}

/** Each is planted in a copy of the tree; the simulation, or the test that is named, must turn red. */
export const bugs: readonly Bug[] = [
  {
    name: 'blind repeat',
    breaks: 'ask before you repeat; the same serial when you do',
    edits: [
      {
        file: 'shared/rules/next-step.ts',
        find: `  const planned = onPlan(open.asks, lastMs, nowMs, rule, { do: 'ask' })`,
        replace: `  const planned = onPlan(open.asks, lastMs, nowMs, rule, { do: 'send' })`,
      },
      {
        file: 'bff/gateways/bank/credit-line.ts',
        find: 'mer_tran_no: mark.serial,\n    mer_trade_date',
        replace: 'mer_tran_no: `${mark.serial.slice(0, 13)}${mark.msgId.slice(0, 12)}`,\n    mer_trade_date',
      },
    ],
  },
  {
    name: 'new serial on repeat',
    breaks: 'a repeat carries the serial of the first send',
    edits: [
      {
        file: 'bff/engine/attempts.ts',
        find: `set state = 'sent', sends = sends + 1,`,
        replace: `set serial = :serial, state = 'sent', sends = sends + 1,`,
      },
      {
        file: 'bff/engine/attempts.ts',
        find: '  const marked = yield* query(markSent, { id: attempt.id, sends: attempt.sends, at: nowMs })',
        replace: `  const { serial } = mint(x, s, attempt.step, attempt.amountFen, nowMs)
  const marked = yield* query(markSent, { id: attempt.id, sends: attempt.sends, at: nowMs, serial })`,
      },
      {
        file: 'bff/engine/attempts.ts',
        find: `    ...attempt,\n    state: 'sent',`,
        replace: `    ...attempt,\n    serial,\n    state: 'sent',`,
      },
    ],
  },
  {
    name: 'doubt forgotten after a repeat that did not get through',
    breaks: '“not executed” proves it for one send, not for the serial',
    edits: [
      {
        file: 'bff/engine/settle.ts',
        find: `keepOpen(attempt, attempt.doubt ? 'sent' : 'ready', attempt.doubt)`,
        replace: `keepOpen(attempt, 'ready', attempt.doubt)`,
      },
    ],
    caughtBy: {
      project: 'journeys',
      file: 'test/journeys/engine-doubt.test.ts',
      because: 'it takes a lost answer, a repeat that cannot leave, and a change of mind before the next one',
    },
  },
  {
    name: 'answer written without the lease',
    breaks: 'whoever lost the lease writes nothing of what it learned',
    edits: [
      {
        file: 'bff/engine/settle.ts',
        find: '  yield* keep(lease, x.clock.now())\n  yield* answered(x, call.msgId, answer)\n',
        replace: '  yield* answered(x, call.msgId, answer)\n',
      },
    ],
    caughtBy: {
      project: 'journeys',
      file: 'test/journeys/engine.test.ts',
      because:
        'versions and open attempts catch nearly every late answer as well; what is left takes a million payments',
    },
  },
  {
    name: 'asked with the date of today',
    breaks: 'a question carries the trade date of the first send, also on the next day',
    edits: [
      {
        file: 'bff/engine/attempts.ts',
        find: '  const asked = { ...attempt, asks: attempt.asks + 1, lastAskAtMs: nowMs }',
        replace: '  const asked = { ...attempt, tradeDate: dayOf(nowMs), asks: attempt.asks + 1, lastAskAtMs: nowMs }',
      },
    ],
  },
  {
    name: 'push believed',
    breaks: 'a pushed message brings the question forward and proves nothing',
    edits: [
      {
        file: 'bff/engine/hint.ts',
        find: `'update attempt set hint_at = :at where id = :id and open = 1'`,
        replace: `"update attempt set hint_at = :at, state = 'succeeded', open = 0 where id = :id and open = 1"`,
      },
      {
        file: 'bff/engine/hint.ts',
        find: `  if (open) yield* query(setHint, { id: open.id, at })\n`,
        replace: `  if (open) {
    yield* query(setHint, { id: open.id, at })
    const s = yield* findPayment(id)
    if (!s) return
    const paid = { state: 'paid', paidFen: s.captureFen } as const
    const lands = { lock: { state: 'held' }, confirm: paid, cancel: { state: 'released' }, pay: paid, refund: {} } as const
    yield* move(x, s, lands[open.step], { event: 'pushed', by: 'bank', atMs: at })
  }
`,
      },
    ],
  },
  {
    name: 'capture over the lock',
    breaks: 'a confirm asks for no more than was locked',
    edits: [
      {
        file: 'bff/modules/visits/aim-locks.ts',
        find: 'const captureFen = Math.min(leftFen, payment.amountFen)',
        replace: 'const captureFen = leftFen',
      },
    ],
  },
  {
    name: 'time-out taken for a refusal',
    breaks: 'a missing answer is unknown, never failed',
    edits: [
      {
        file: 'bff/gateways/bank/client.ts',
        find: `if (answer.is === 'lost') return unknown(answer.why)`,
        replace: `if (answer.is === 'lost') return { is: 'refused', code: 'SBOX0004PL0103' }`,
      },
    ],
  },
  {
    name: 'lost compare-and-set',
    breaks: 'a change is made to the version that was read',
    edits: [
      {
        file: 'bff/engine/journal.ts',
        find: 'version = :next\n   where id = :id and version = :version returning version`,\n)\nconst compareAndSetRefund',
        replace:
          'version = version + 1\n   where id = :id and :next > :version returning version`,\n)\nconst compareAndSetRefund',
      },
      {
        file: 'bff/engine/journal.ts',
        find: '  yield* chronicle(next, s.state, changes, entry)\n  if',
        replace: `  yield* chronicle({ ...next, version: Number(rows[0]?.['version']) }, s.state, changes, entry)\n  if`,
      },
    ],
    caughtBy: {
      project: 'journeys',
      file: 'test/journeys/engine-doubt.test.ts',
      because: 'two must write within the same few milliseconds, and what the second one overwrites must matter',
    },
  },
  {
    name: 'concluded after one minute',
    breaks: '“not executed” only ten minutes after the last send',
    edits: [
      {
        file: 'bff/gateways/bank/credit-line.ts',
        find: 'concludeAfterMs: 10 * minute',
        replace: 'concludeAfterMs: 1 * minute',
      },
    ],
    isRare: true,
  },
  {
    name: 'wake lost while somebody works',
    breaks: 'whoever works on a subject looks again before it goes',
    edits: [
      {
        file: 'bff/engine/leases.ts',
        find: `  yield* wakeAt(subjectId, nowMs)\n  return undefined`,
        replace: '  return undefined',
      },
    ],
    caughtBy: {
      project: 'unit',
      file: 'bff/engine/leases.test.ts',
      because: 'where a wake is lost, the question that is due anyway or the evening mostly repairs it',
    },
  },
  {
    name: 'change without a journal row',
    breaks: 'replay(journal) = row',
    edits: [
      {
        file: 'bff/engine/journal.ts',
        find: '  yield* chronicle(next, s.state, changes, entry)\n  if',
        replace: `  yield* chronicle(next, s.state, 'captureFen' in changes ? {} : changes, entry)\n  if`,
      },
    ],
  },
  {
    name: 'confirmed before the hospital has booked',
    ofRegistrations: true,
    breaks: 'a slot that is lost costs a cancel, never a refund',
    edits: [
      {
        file: 'shared/rules/registration-step.ts',
        find: `      if (r.state === 'reserved') return { do: 'tell', call: 'book' }\n`,
        replace: '',
      },
    ],
  },
  {
    name: 'cancelled while the confirm is under way',
    ofRegistrations: true,
    breaks: 'nothing is taken for a registration that is over',
    edits: [
      {
        file: 'bff/modules/registrations/cancel-block.ts',
        find: `  if (payment?.goal === 'paid' && payment.state === 'held') return 'REGISTRATION_PAYING'\n`,
        replace: '',
      },
    ],
  },
  {
    name: 'payment does not wake who waits for it',
    ofRegistrations: true,
    breaks: 'a change of state wakes the waiting subject in the same transaction',
    edits: [
      {
        file: 'bff/engine/journal.ts',
        find: '  if (s.awaitedBy !== null) yield* wakeAt(s.awaitedBy, entry.atMs)\n',
        replace: '',
      },
    ],
  },
  {
    name: 'sweep after the cut',
    breaks: 'nothing that HIS finished is only locked at 24:00',
    edits: [{ file: 'bff/gateways/bank/credit-line.ts', find: 'sweepMs: 2 * hour', replace: 'sweepMs: 0' }],
  },
  {
    name: 'confirm begun after 23:58',
    breaks: 'no confirm begins or is repeated in the last two minutes of a lock',
    edits: [{ file: 'bff/gateways/bank/credit-line.ts', find: 'guardMs: 2 * minute', replace: 'guardMs: 0' }],
  },
  {
    name: 'more taken than HIS said',
    breaks: 'only an amount that HIS states is taken',
    edits: [
      {
        file: 'bff/modules/visits/aim-locks.ts',
        find: 'const captureFen = Math.min(leftFen, payment.amountFen)',
        replace: 'const captureFen = payment.amountFen',
      },
    ],
  },
]
