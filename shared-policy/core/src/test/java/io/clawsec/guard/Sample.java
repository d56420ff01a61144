package io.clawsec.guard;

/**
 * A text, and the span in it that a rule must find.
 *
 * @param start the span's first character, negative where nothing may be found
 * @param end one past the last
 */
record Sample(String text, int start, int end) {

    static Sample nothingIn(String text) {
        return new Sample(text, -1, -1);
    }

    boolean positive() {
        return start >= 0;
    }

    Sample within(String before, String after) {
        return new Sample(
                before + text + after,
                positive() ? start + before.length() : -1,
                positive() ? end + before.length() : -1);
    }
}
