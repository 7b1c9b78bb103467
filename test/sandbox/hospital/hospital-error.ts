/** A wish of the doctor, or of the product, that the hospital itself cannot fulfil. */
export class HospitalError extends Error {}
