package io.clawsec.json;

/**
 * One field of a request that is not as it should be.
 *
 * @param field the field's name as the caller wrote it, at most 64 characters of it
 * @param message what is wrong, in one safe sentence that never repeats the field's value
 */
public record FieldError(String field, String message) {

    private static final int LONGEST_NAME = 64;

    public FieldError {
        if (field.codePointCount(0, field.length()) > LONGEST_NAME) {
            field = field.substring(0, field.offsetByCodePoints(0, LONGEST_NAME));
        }
    }
}
