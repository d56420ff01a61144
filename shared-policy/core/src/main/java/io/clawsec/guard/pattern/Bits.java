package io.clawsec.guard.pattern;

/** A set of small numbers as the bits of longs, the lowest first. */
final class Bits {

    private Bits() {}

    static boolean has(long[] bits, int number) {
        return (bits[number >>> 6] >>> number & 1) != 0;
    }

    /** The least number in the set that is not less than the given one; -1 if there is none. */
    static int next(long[] bits, int from) {
        for (int bit = from; bit < bits.length * Long.SIZE; bit++) {
            long rest = bits[bit / Long.SIZE] >>> bit;
            if (rest != 0) {
                return bit + Long.numberOfTrailingZeros(rest);
            }
            bit |= Long.SIZE - 1;
        }
        return -1;
    }
}
