package io.clawsec.guard.rule;

/** The checksum of Bech32 and Bech32m: a BCH code over prefix and data (BIP 173, BIP 350). */
final class Bech32 {

    /** What the code leaves of a sound text in Bech32. */
    static final int BECH32 = 1;
    /** What it leaves of one in Bech32m. */
    static final int BECH32M = 0x2bc830a3;

    private static final String ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    private static final int[] GENERATOR = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3};

    private Bech32() {}

    /** What the code leaves, both parts in lower case; negative where the data holds a character that is none of its. */
    static int remainder(String prefix, String data) {
        int state = 1;
        for (int i = 0; i < prefix.length(); i++) {
            state = step(state, prefix.charAt(i) >> 5);
        }
        state = step(state, 0);
        for (int i = 0; i < prefix.length(); i++) {
            state = step(state, prefix.charAt(i) & 31);
        }
        for (int i = 0; i < data.length(); i++) {
            int value = ALPHABET.indexOf(data.charAt(i));
            if (value < 0) {
                return -1;
            }
            state = step(state, value);
        }
        return state;
    }

    private static int step(int state, int value) {
        int top = state >>> 25;
        int next = (state & 0x1ffffff) << 5 ^ value;
        for (int bit = 0; bit < GENERATOR.length; bit++) {
            next ^= (top >>> bit & 1) == 1 ? GENERATOR[bit] : 0;
        }
        return next;
    }
}
