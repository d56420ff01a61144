package io.clawsec.guard.rule;

/** The ASCII digits of a span, whatever separates them. */
final class Digits {

    private Digits() {}

    static String of(String span) {
        StringBuilder digits = new StringBuilder(span.length());
        for (int i = 0; i < span.length(); i++) {
            if (is(span.charAt(i))) {
                digits.append(span.charAt(i));
            }
        }
        return digits.toString();
    }

    static boolean is(char character) {
        return character >= '0' && character <= '9';
    }

    static int value(CharSequence digits, int at) {
        return digits.charAt(at) - '0';
    }

    /** Whether all are the same, as in a number that stands for "some number". */
    static boolean allSame(String digits) {
        return digits.chars().distinct().count() <= 1;
    }
}
