import { create } from 'zustand'
import { storage } from '../../platform/storage'

interface Choice {
  readonly cardId: string | null
  readonly choose: (cardId: string) => void
  /** The account leaves this device. */
  readonly forget: () => void
}

const key = 'card'

/** The patient card that the pages are about. */
export const useChoice = create<Choice>((set) => ({
  cardId: storage.read(key),
  choose: (cardId) => {
    storage.write(key, cardId)
    set({ cardId })
  },
  forget: () => {
    storage.remove(key)
    set({ cardId: null })
  },
}))
