import { isPlace } from '../../routes'
import { storage } from '../storage'
import { resumeWith } from './keep'

/** Where the patient was before the app was left for the bank. */
export const resume = resumeWith({ storage, nowMs: () => Date.now(), isPlace })
