package io.clawsec.cli.policy;

import io.clawsec.json.Json;
import io.clawsec.json.MalformedJsonException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One row of a corpus: a JSON object with {@code text} and, where they are known, {@code id}, {@code label} and {@code
 * kind}; other fields are passed over.
 *
 * @param text what is judged; confidential
 * @param name what a report calls the row: its id, or its line
 * @param label whether it should be found; empty where nobody says
 * @param kind what kind of text it is
 */
record CorpusRow(String text, String name, Optional<Boolean> label, Optional<String> kind) {

    private static final int LONGEST_NAME = 64;

    /**
     * Reads a line.
     *
     * @throws BadRowException with what is wrong, without quoting the line
     */
    static CorpusRow read(long line, byte[] utf8) throws BadRowException {
        Map<String, @Nullable Object> row;
        try {
            row = Json.parseObject(utf8);
        } catch (MalformedJsonException e) {
            throw new BadRowException("not a JSON object in UTF-8");
        }
        if (!(row.get("text") instanceof String text)) {
            throw new BadRowException("no text, or one that is not a string");
        }
        Object id = row.get("id");
        String name = id instanceof String || id instanceof Long ? named(String.valueOf(id)) : "line " + line;
        Object kind = row.get("kind");
        return new CorpusRow(
                text,
                name,
                label(row.get("label")),
                kind instanceof String word ? Optional.of(named(word)) : Optional.empty());
    }

    private static Optional<Boolean> label(@Nullable Object label) throws BadRowException {
        if (label == null) {
            return Optional.empty();
        }
        if (label instanceof Long number && (number == 0 || number == 1)) {
            return Optional.of(number == 1);
        }
        throw new BadRowException("a label that is neither 1 nor 0");
    }

    /** What a terminal can show in a line. */
    private static String named(String word) {
        String shown = word.replaceAll("\\p{Cntrl}", " ").strip();
        return shown.codePointCount(0, shown.length()) <= LONGEST_NAME
                ? shown
                : shown.substring(0, shown.offsetByCodePoints(0, LONGEST_NAME)) + "…";
    }

    /** Shows the name only. */
    @Override
    public String toString() {
        return "CorpusRow[" + name + "]";
    }

    /** A line that is no row. */
    static final class BadRowException extends Exception {
        private static final long serialVersionUID = 1L;

        BadRowException(String reason) {
            super(reason);
        }

        String reason() {
            return String.valueOf(getMessage());
        }
    }
}
