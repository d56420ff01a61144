package io.clawsec.guard.rule;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Keccak with a digest of 256 bits as it was before it became SHA-3, which pads otherwise (Bertoni, Daemen, Peeters, Van
 * Assche, "The Keccak reference", version 3.0, 2011). Ethereum's hash. Of one block only: less than 136 bytes.
 */
final class Keccak256 {

    private static final int RATE_BYTES = 136;
    private static final int LANES = 25;
    private static final int ROUNDS = 24;
    private static final int DIGEST_BYTES = 32;

    private Keccak256() {}

    /** The digest of the bytes. */
    static byte[] digest(byte[] message) {
        if (message.length >= RATE_BYTES) {
            throw new IllegalArgumentException("longer than one block");
        }
        byte[] block = new byte[LANES * Long.BYTES];
        System.arraycopy(message, 0, block, 0, message.length);
        block[message.length] = 1;
        block[RATE_BYTES - 1] |= (byte) 0x80;
        long[] state = new long[LANES];
        ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(state);
        permute(state);
        ByteBuffer digest = ByteBuffer.allocate(DIGEST_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        digest.asLongBuffer().put(state, 0, DIGEST_BYTES / Long.BYTES);
        return digest.array();
    }

    private static void permute(long[] state) {
        int register = 1;
        for (int round = 0; round < ROUNDS; round++) {
            theta(state);
            rhoPiChi(state);
            for (int bit = 0; bit < 7; bit++) { // iota: one bit of a linear feedback shift register at each 2^bit - 1
                state[0] ^= (register & 1L) << ((1 << bit) - 1);
                register = (register << 1) ^ ((register & 0x80) == 0 ? 0 : 0x171);
            }
        }
    }

    private static void theta(long[] state) {
        long[] parity = new long[5];
        for (int i = 0; i < LANES; i++) {
            parity[i % 5] ^= state[i];
        }
        for (int i = 0; i < LANES; i++) {
            state[i] ^= parity[(i + 4) % 5] ^ Long.rotateLeft(parity[(i + 1) % 5], 1);
        }
    }

    private static void rhoPiChi(long[] state) {
        long[] moved = new long[LANES];
        moved[0] = state[0];
        int x = 1;
        int y = 0;
        for (int step = 0; step < LANES - 1; step++) {
            int nextY = (2 * x + 3 * y) % 5;
            moved[y + 5 * nextY] = Long.rotateLeft(state[x + 5 * y], (step + 1) * (step + 2) / 2);
            x = y;
            y = nextY;
        }
        for (int i = 0; i < LANES; i++) {
            int row = i - i % 5;
            state[i] = moved[i] ^ (~moved[row + (i + 1) % 5] & moved[row + (i + 2) % 5]);
        }
    }
}
