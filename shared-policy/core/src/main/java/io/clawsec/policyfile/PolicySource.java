package io.clawsec.policyfile;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

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

    @Override
    public boolean equals(Object other) {
        return other instanceof PolicySource source && name.equals(source.name) && Arrays.equals(bytes, source.bytes);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + Arrays.hashCode(bytes);
    }
}
