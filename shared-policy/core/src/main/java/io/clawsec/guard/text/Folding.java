package io.clawsec.guard.text;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;

/**
 * Folds a text to what a reader takes it for: Unicode's compatibility forms (UAX #15), Latin letters without their
 * marks, nothing invisible, pictures as spaces, and look-alikes (UTS #39) as the Latin letters they are drawn like,
 * where Latin letters stand beside them. Other scripts stay as they are, with the marks that are their vowels.
 *
 * <p>Linear; no code point becomes more than four characters; folding a folded text changes nothing.
 */
final class Folding {

    /** Latin, Greek and Cyrillic end before it, but for their extensions. */
    private static final char FIRST_ARMENIAN = '\u0530';

    private static final char FIRST_GREEK = '\u0370';
    private static final char FIRST_EXTENSION = '\u1D00';
    private static final char LAST_EXTENSION = '\u1FFF';

    private static final long BLANKS = ' ' * AsciiBlock.EACH;
    private static final long MARKS = '?' * AsciiBlock.EACH;

    private final TextView source;
    private final String text;
    private final FoldTable table = FoldTable.get();

    private Folding(TextView source) {
        this.source = source;
        this.text = source.text();
    }

    /** The folded view; the source itself where folding changes nothing. */
    static TextView fold(TextView source) {
        return isPlainAscii(source.text()) ? source : new Folding(source).run();
    }

    /** Whether folding has nothing to look at: ASCII without controls but for white space. */
    static boolean isPlainAscii(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        int at = 0;
        while (at + Long.BYTES <= bytes.length) {
            long eight = (long) AsciiBlock.LONGS.get(bytes, at);
            long unlikeMark = eight ^ MARKS; // what is past Latin-1 became a question mark
            long unusual = eight
                    | (eight - BLANKS)
                    | (eight + AsciiBlock.EACH)
                    | ((unlikeMark - AsciiBlock.EACH) & ~unlikeMark);
            if ((unusual & AsciiBlock.HIGH) != 0 && !isPlainAscii(text, at, at + Long.BYTES)) {
                return false;
            }
            at += Long.BYTES;
        }
        return bytes.length == text.length() && isPlainAscii(text, at, text.length());
    }

    private static boolean isPlainAscii(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char character = text.charAt(i);
            if (character > '~' || (character < ' ' && (character < '\t' || character > '\r'))) {
                return false;
            }
        }
        return true;
    }

    private TextView run() {
        TextView bare = bare();
        String letters = withoutLookAlikes(bare.text());
        return letters.equals(bare.text()) ? bare : bare.with(source.kind(), letters);
    }

    /** Everything but the look-alikes, for which a whole word must be seen. */
    private TextView bare() {
        ViewBuilder view = new ViewBuilder(source);
        int at = 0;
        while ((at = nextToLookAt(at)) < text.length()) {
            int codePoint = text.codePointAt(at);
            int end = at + Character.charCount(codePoint);
            int value = table.value(codePoint);
            if (value == FoldTable.REMOVED) {
                view.copy(at);
                view.leaveOut(end);
            } else if (value == FoldTable.MARK) {
                mark(view, at, end);
            } else if (FoldTable.isReplacement(value)) {
                view.replace(at, end, table.replacement(value));
            }
            at = end;
        }
        return view.isChanged() ? view.build(source.kind()) : source;
    }

    private int nextToLookAt(int from) {
        int at = from;
        while (at < text.length() && isVisibleAscii(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private void mark(ViewBuilder view, int at, int end) {
        view.copy(at);
        if (view.length() == 0) {
            view.leaveOut(end);
            return;
        }
        if (!isDecorated(view.last())) {
            return;
        }
        char base = view.last();
        // Where the letter with its first mark is a letter of the alphabet, it stays one.
        String composed = base < FIRST_GREEK || table.value(text.codePointBefore(at)) == FoldTable.MARK
                ? String.valueOf(base)
                : Normalizer.normalize(base + text.substring(at, end), Normalizer.Form.NFC);
        view.decorate(composed.length() == 1 ? composed.charAt(0) : base, end);
    }

    private boolean isDecorated(char base) {
        return base < FIRST_ARMENIAN
                || (base >= FIRST_EXTENSION && base <= LAST_EXTENSION)
                || FoldTable.isLookAlike(table.value(base));
    }

    /**
     * The text with look-alikes replaced in words that have Latin letters too, and in words that have nothing but
     * look-alikes, if there are Latin letters anywhere: so neither Russian nor Greek prose is taken for Latin.
     */
    private String withoutLookAlikes(String bare) {
        char[] replaced = null;
        boolean latin = false;
        for (int i = 0; i < bare.length() && !latin; i++) {
            latin = isLatin(bare.charAt(i));
        }
        int at = latin ? nextPastAscii(bare, 0) : bare.length();
        while (at < bare.length()) {
            int start = at;
            while (start > 0 && CharacterKind.isLetter(bare.charAt(start - 1))) {
                start--;
            }
            int end = start;
            int lookAlikes = 0;
            int own = 0;
            int foreign = 0;
            while (end < bare.length() && CharacterKind.isLetter(bare.charAt(end))) {
                char letter = bare.charAt(end++);
                if (isLatin(letter)) {
                    own++;
                } else if (FoldTable.isLookAlike(table.value(letter))) {
                    lookAlikes++;
                } else {
                    foreign++;
                }
            }
            if (lookAlikes > 0 && (own > 0 || foreign == 0)) {
                replaced = replaced == null ? bare.toCharArray() : replaced;
                replace(replaced, start, end);
            }
            at = nextPastAscii(bare, Math.max(end, at + 1));
        }
        return replaced == null ? bare : new String(replaced);
    }

    private void replace(char[] letters, int from, int to) {
        for (int i = from; i < to; i++) {
            int value = table.value(letters[i]);
            if (FoldTable.isLookAlike(value)) {
                letters[i] = FoldTable.lookAlike(value);
            }
        }
    }

    private static int nextPastAscii(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) <= '~') {
            at++;
        }
        return at;
    }

    private static boolean isVisibleAscii(int codePoint) {
        return codePoint >= ' ' && codePoint <= '~';
    }

    private static boolean isLatin(char character) {
        char lower = (char) (character | 0x20);
        return lower >= 'a' && lower <= 'z';
    }
}
