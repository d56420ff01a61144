package io.clawsec.identity.jwt;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One block of a PEM text (RFC 7468): its label, and the bytes between its boundaries.
 *
 * <p>Outside blocks only blank lines and comments ({@code #}) may stand, so that a boundary with a typing error in it is
 * told instead of passed over with its key.
 *
 * @param label such as {@code PUBLIC KEY}
 * @param der the bytes, confidential where the label says so
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier: nobody compares blocks
record PemBlock(String label, byte[] der) {

    /** How many characters a text may have; a key of the kinds known here has 100 to 250. */
    static final int LONGEST_TEXT = 32 * 1024;

    /** How many blocks a text may have: the keys of some rotations. */
    static final int MOST_BLOCKS = 16;

    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String DASHES = "-----";

    /**
     * Takes a text apart.
     *
     * @throws IllegalArgumentException if it is not PEM; the message names the line and shows none of it
     */
    static List<PemBlock> of(String text) {
        if (text.length() > LONGEST_TEXT) {
            throw new IllegalArgumentException("has more than " + LONGEST_TEXT + " characters");
        }
        List<PemBlock> blocks = new ArrayList<>();
        StringBuilder base64 = new StringBuilder();
        String label = null;
        int number = 0;
        for (String raw : text.split("\n", -1)) {
            String line = raw.strip();
            number++;
            if (label == null) {
                label = begun(line, number);
            } else if (line.startsWith(DASHES)) {
                blocks.add(ended(line, label, base64.toString(), number));
                base64.setLength(0);
                label = null;
            } else {
                base64.append(line);
            }
        }
        if (label != null) {
            throw new IllegalArgumentException("ends within a block");
        }
        if (blocks.size() > MOST_BLOCKS) {
            throw new IllegalArgumentException("has more than " + MOST_BLOCKS + " blocks");
        }
        return blocks;
    }

    /** The label of the block that begins with this line; null for a line between blocks. */
    private static @Nullable String begun(String line, int number) {
        if (line.isEmpty() || line.startsWith("#")) {
            return null;
        }
        if (!line.startsWith(BEGIN) || !line.endsWith(DASHES) || line.length() <= BEGIN.length() + DASHES.length()) {
            throw wrong(number, "neither begins a PEM block nor is a comment");
        }
        return line.substring(BEGIN.length(), line.length() - DASHES.length());
    }

    private static PemBlock ended(String line, String label, String base64, int number) {
        if (!line.equals(END + label + DASHES)) {
            throw wrong(number, "does not end the PEM block that was begun");
        }
        try {
            byte[] der = Base64.getDecoder().decode(base64);
            // The decoder forgives missing padding and stray bits; a block has one spelling here.
            if (der.length > 0 && Base64.getEncoder().encodeToString(der).equals(base64)) {
                return new PemBlock(label, der);
            }
        } catch (IllegalArgumentException e) {
            // Its message may show a character of a key: told below without it.
        }
        throw wrong(number, "ends a PEM block that is not Base64");
    }

    private static IllegalArgumentException wrong(int line, String what) {
        return new IllegalArgumentException("line " + line + " " + what);
    }

    /** The text of a block. */
    static String text(String label, byte[] der) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return BEGIN + label + DASHES + "\n" + body + "\n" + END + label + DASHES + "\n";
    }

    /** Whether a private key of any form stands in it. */
    boolean isPrivate() {
        return label.toUpperCase(Locale.ROOT).contains("PRIVATE");
    }

    /** Shows the length only; even the label is somebody's text. */
    @Override
    public String toString() {
        return "PemBlock[" + der.length + " bytes]";
    }
}
