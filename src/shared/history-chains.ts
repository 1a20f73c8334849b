/**
 * Records of another computer keep their own numbers for their hashes. Here each of its chains has a stretch of numbers below
 * 0, so that a number tells one record whosever it is: this computer's own begin at 1.
 */
export const chainSpan = 2 ** 40

/** What a chain's own numbers are added to; 0 for this computer's. */
export const chainBase = (chain: number): number => -chain * chainSpan

/** The chain that a record is of; 0: this computer's. */
export const chainOf = (seq: number): number => (seq > 0 ? 0 : Math.floor(-seq / chainSpan) + 1)

/** The number that a record has in its own chain. */
export const ownSeq = (seq: number): number => seq - chainBase(chainOf(seq))
