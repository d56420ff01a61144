package io.clawsec.guard;

/**
 * One text to guard, with the name of the field it stood in; confidential.
 *
 * @param field such as {@code prompt} or {@code system_prompt}
 * @param text the text itself
 */
public record GuardedText(String field, String text) {

    /** Shows the field and the length only. */
    @Override
    public String toString() {
        return "GuardedText[" + field + ", " + text.length() + " characters]";
    }
}
