// Preloaded into a process of the BFF: its machine's clock is apart from ours, so that an outage of minutes costs no minutes.
const shiftMs = Number(process.env.CLOCK_SHIFT_MS ?? 0)
const now = Date.now
Date.now = () => now() + shiftMs
