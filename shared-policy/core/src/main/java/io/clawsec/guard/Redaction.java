package io.clawsec.guard;

import java.util.List;

/**
 * A text with the redacted spans replaced; confidential, for what is not redacted is still the caller's.
 *
 * @param field the field it stood in
 * @param text the text with placeholders
 * @param placeholders the placeholders that were put in, each once, in order of first appearance
 */
public record Redaction(String field, String text, List<String> placeholders) {

    public Redaction {
        placeholders = List.copyOf(placeholders);
    }

    /** Shows the field, the length and the placeholders only. */
    @Override
    public String toString() {
        return "Redaction[" + field + ", " + text.length() + " characters, " + placeholders + "]";
    }
}
