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

    /** The ASCII letters, upper case, and digits of a span, whatever separates them. */
    static String andLetters(String span) {
        StringBuilder compact = new StringBuilder(span.length());
        for (int i = 0; i < span.length(); i++) {
            char character = span.charAt(i);
            if (is(character) || (character >= 'A' && character <= 'Z')) {
                compact.append(character);
            } else if (character >= 'a' && character <= 'z') {
                compact.append((char) (character - 'a' + 'A'));
            }
        }
        return compact.toString();
    }

    /** The number that the digits from one place to another are; they are digits, nine at most. */
    static int number(String digits, int from, int to) {
        return Integer.parseInt(digits, from, to, 10);
    }

    /** Whether there are exactly so many digits, and not the same all over. */
    static boolean areSome(String digits, int count) {
        return digits.length() == count && !allSame(digits);
    }

    static boolean is(char character) {
        return character >= '0' && character <= '9';
    }

    static int value(CharSequence digits, int at) {
        return digits.charAt(at) - '0';
    }

    /** Whether all are the same, as in a number that stands for "some number". */
    static boolean allSame(String digits) {
        int same = 1;
        while (same < digits.length() && digits.charAt(same) == digits.charAt(0)) {
            same++;
        }
        return same >= digits.length();
    }
}
