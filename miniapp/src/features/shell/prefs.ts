import { create } from 'zustand'
import { storage } from '../../platform/storage'

interface Prefs {
  readonly elder: boolean
  readonly setElder: (elder: boolean) => void
}

const key = 'elder'

/** What the patient chose for this device. */
export const usePrefs = create<Prefs>((set) => ({
  elder: storage.read(key) === 'on',
  setElder: (elder) => {
    storage.write(key, elder ? 'on' : 'off')
    set({ elder })
  },
}))
