package io.clawsec.guard;

/**
 * A text, and the span in it that a rule must find.
 *
 * @param start the span's first character, negative where nothing may be found
 * @param end one past the last; negative where the span may be anywhere
 */
record Sample(String text, int start, int end) {

    static Sample nothingIn(String text) {
        return new Sample(text, -1, -1);
    }

    /** Something must be found, and where is not told. */
    static Sample somethingIn(String text) {
        return new Sample(text, 0, -1);
    }

    boolean positive() {
        return start >= 0;
    }

    /** Whether what was found in the text is what must be. */
    boolean isMetBy(Sample found) {
        return end < 0 ? found.positive() == positive() : equals(found);
    }

    Sample within(String before, String after) {
        return new Sample(
                before + text + after,
                positive() ? start + before.length() : -1,
                positive() ? end + before.length() : -1);
    }
}
