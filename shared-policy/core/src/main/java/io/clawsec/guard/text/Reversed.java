package io.clawsec.guard.text;

/** Turns a text round: the whole of it, or each word where it stands. */
final class Reversed {

    private Reversed() {}

    /** The whole text backwards, in which words stand in turned order too. */
    static TextView whole(TextView source) {
        return source.reversed(ViewKind.REVERSED);
    }

    /** Each word backwards in its place; all of its letters have the whole word for their span. */
    static TextView words(TextView source) {
        ViewBuilder view = new ViewBuilder(source);
        String text = source.text();
        int at = 0;
        while (at < text.length()) {
            int end = endOfWord(text, at);
            if (end > at) {
                view.replace(at, end, new StringBuilder(text.substring(at, end)).reverse());
            }
            at = Math.max(end, at + 1);
        }
        return view.build(ViewKind.REVERSED);
    }

    private static int endOfWord(String text, int from) {
        int end = from;
        while (end < text.length() && Character.isLetterOrDigit(text.codePointAt(end))) {
            end += Character.charCount(text.codePointAt(end));
        }
        return end;
    }
}
