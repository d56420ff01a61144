package io.clawsec.guard.text;

/** Turns every Latin letter into the one thirteen further, which turns rot13 into plain text and back. */
final class Rot13 {

    private static final int LETTERS = 26;

    private Rot13() {}

    static TextView of(TextView source) {
        return source.with(ViewKind.ROT13, rotate(source.text()));
    }

    static String rotate(String text) {
        char[] rotated = text.toCharArray();
        for (int i = 0; i < rotated.length; i++) {
            int lower = rotated[i] | 0x20;
            if (lower >= 'a' && lower <= 'z') {
                rotated[i] = (char) (rotated[i] + (lower < 'a' + LETTERS / 2 ? LETTERS / 2 : -LETTERS / 2));
            }
        }
        return new String(rotated);
    }
}
