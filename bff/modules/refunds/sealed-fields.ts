/** Field under which the patient's words are sealed. */
export const noteField = (requestId: string): string => `note/${requestId}`
/** Field under which the hospital's words are sealed. */
export const decisionField = (requestId: string): string => `decision/${requestId}`
