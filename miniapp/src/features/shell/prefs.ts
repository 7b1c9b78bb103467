import { create } from 'zustand'
import { storage } from '../../platform/storage'
import type { Theme } from '../../platform/theme'

interface Prefs {
  readonly elder: boolean
  readonly theme: Theme
  readonly setElder: (elder: boolean) => void
  readonly setTheme: (theme: Theme) => void
}

const themes: readonly Theme[] = ['follow', 'light', 'dark']

/** What the patient chose for this device. */
export const usePrefs = create<Prefs>((set) => ({
  elder: storage.read('elder') === 'on',
  theme: themes.find((theme) => theme === storage.read('theme')) ?? 'follow',
  setElder: (elder) => {
    storage.write('elder', elder ? 'on' : 'off')
    set({ elder })
  },
  setTheme: (theme) => {
    storage.write('theme', theme)
    set({ theme })
  },
}))
