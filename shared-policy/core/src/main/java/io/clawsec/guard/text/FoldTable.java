package io.clawsec.guard.text;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * What each code point becomes in a folded view. The build writes the table from Unicode's data with ICU; it is read
 * when the first text that is not plain ASCII comes.
 */
final class FoldTable {

    /** Nothing is to be done. */
    static final int UNCHANGED = 0;
    /** The code point is not seen, so it is left out. */
    static final int REMOVED = 1;
    /** A combining mark that only decorates a Latin, Greek or Cyrillic letter. */
    static final int MARK = 2;

    private static final int FIRST_REPLACEMENT = 3;
    private static final int LOOK_ALIKE = 0x8000;

    private static final String RESOURCE = "fold.table";
    private static final int BLOCK_BITS = 6;
    private static final int BLOCK = 1 << BLOCK_BITS;

    private final char[] index;
    private final char[] values;
    private final String[] replacements;

    private FoldTable(DataInputStream in) throws IOException {
        in.readUTF(); // the Unicode version, for people
        index = chars(in, in.readUnsignedShort());
        values = chars(in, in.readUnsignedShort() * BLOCK);
        replacements = new String[in.readUnsignedShort()];
        for (int i = 0; i < replacements.length; i++) {
            replacements[i] = in.readUTF();
        }
    }

    static FoldTable get() {
        return Loaded.TABLE;
    }

    /** One of the constants, or a replacement or a look-alike to be asked about. */
    int value(int codePoint) {
        int block = Math.min(codePoint >> BLOCK_BITS, index.length - 1);
        return values[(index[block] << BLOCK_BITS) + (codePoint & (BLOCK - 1))];
    }

    /** Whether the value is a replacement, wherever the code point stands. */
    static boolean isReplacement(int value) {
        return value >= FIRST_REPLACEMENT && value < LOOK_ALIKE;
    }

    String replacement(int value) {
        return replacements[value - FIRST_REPLACEMENT];
    }

    /** Whether the value is a letter of another script that is drawn like a Latin one. */
    static boolean isLookAlike(int value) {
        return value >= LOOK_ALIKE;
    }

    static char lookAlike(int value) {
        return (char) (value & ~LOOK_ALIKE);
    }

    private static char[] chars(DataInputStream in, int count) throws IOException {
        char[] chars = new char[count];
        for (int i = 0; i < count; i++) {
            chars[i] = in.readChar();
        }
        return chars;
    }

    private static final class Loaded {

        static final FoldTable TABLE = load();

        private static FoldTable load() {
            InputStream resource = FoldTable.class.getResourceAsStream(RESOURCE);
            if (resource == null) {
                throw new IllegalStateException("the build left " + RESOURCE + " out");
            }
            try (DataInputStream in = new DataInputStream(new BufferedInputStream(resource))) {
                return new FoldTable(in);
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }
    }
}
