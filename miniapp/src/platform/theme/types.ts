/** The patient's choice of colours. */
export type Theme = 'follow' | 'light' | 'dark'
