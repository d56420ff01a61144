package io.clawsec.policyfile;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalInt;

/**
 * One policy file as bytes.
 *
 * @param name the file's name, such as {@code roles.yaml}; it begins every error
 * @param bytes UTF-8
 * @param packaged whether it came with the product
 */
@SuppressWarnings("ArrayRecordComponent") // compared by content, below
record PolicySource(String name, byte[] bytes, boolean packaged) {

    /** An operator's file. */
    PolicySource(String name, byte[] bytes) {
        this(name, bytes, false);
    }

    String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** The line of the first byte that is not UTF-8, the first line being 1; empty where every byte is. */
    OptionalInt lineNotUtf8() {
        ByteBuffer read = ByteBuffer.wrap(bytes);
        CharBuffer text = CharBuffer.allocate(bytes.length); // no more characters than bytes
        if (!StandardCharsets.UTF_8.newDecoder().decode(read, text, true).isError()) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(1
                + (int) text.flip()
                        .chars()
                        .filter(character -> character == '\n')
                        .count());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PolicySource source && name.equals(source.name) && Arrays.equals(bytes, source.bytes);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + Arrays.hashCode(bytes);
    }
}
