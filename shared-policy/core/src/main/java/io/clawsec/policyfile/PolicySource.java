package io.clawsec.policyfile;

import java.nio.charset.StandardCharsets;

/**
 * One policy file as bytes.
 *
 * @param name the file's name, such as {@code roles.yaml}; it begins every error
 * @param bytes UTF-8
 */
record PolicySource(String name, byte[] bytes) {

    String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
