package io.clawsec.guard.text;

/**
 * Looks in one pass for signs that a text is disguised, so that views are built of few texts. A sign that is found may
 * turn out to be none; what is not found is not there, or is no word of the rules.
 */
final class Signs {

    /** An escape of a URL, of HTML, of mail or of a program. */
    static final int ESCAPED = 1;
    /** A run that may be base64 or hexadecimal. */
    static final int ENCODED = 1 << 1;
    /** A known word written with digits or signs. */
    static final int LEET = 1 << 2;
    /** A known word in pieces, or single letters. */
    static final int SPLIT = 1 << 3;
    /** A known word backwards. */
    static final int REVERSED = 1 << 4;
    /** A known word in rot13. */
    static final int ROTATED = 1 << 5;
    /** A stretch of blanks that pushes words apart. */
    static final int PADDED = 1 << 6;
    /** Letters without a blank, more than any known word has. */
    static final int RUN_TOGETHER = 1 << 7;

    /** All of them. */
    static final int ANY = -1;

    /** Characters of a segment, for each of which is told what signs begin in it. */
    static final int SEGMENT = 512;

    /** What a character is that is neither a letter nor a blank. */
    private static final int IN_ALPHABET = 1;

    private static final int ESCAPE = 1 << 1;
    private static final int DIGIT = 1 << 2;
    private static final int LEET_SIGN = 1 << 3;
    private static final int JOINER = 1 << 4;
    private static final byte[] CLASSES = classes();

    private final String text;
    private final Vocabulary words;
    private final AsciiBlock block;
    private final HexPayloads hex;
    private final Pieces pieces;

    /** The signs found in the segment that is being looked at, and in each. */
    private int found;

    private final int[] bySegment;

    /** The word before: its first letters, how many it has, and where it ended. */
    private long previous;

    private int previousLength;
    private int previousEnd;
    /** Whether the last character was a letter; single letters among the last ones; characters of base64 at the end. */
    private long lastLetter;

    private long lastSingles;
    private int lastRun;

    /** Runs, tokens and pairs are looked at once: up to here it is done. */
    private int runDone;

    private int leetDone;
    private int pairsDone;

    private Signs(String text, Vocabulary words) {
        this.text = text;
        this.words = words;
        this.block = new AsciiBlock(text);
        this.hex = new HexPayloads(text);
        this.pieces = new Pieces(text, words);
        this.bySegment = new int[(text.length() + SEGMENT - 1) / SEGMENT];
    }

    /** The signs in the text. */
    static Signs of(String text, Vocabulary words) {
        Signs signs = new Signs(text, words);
        for (int segment = 0; segment < signs.bySegment.length; segment++) {
            signs.found = 0;
            int end = Math.min(text.length(), (segment + 1) * SEGMENT);
            for (int start = segment * SEGMENT; start < end; start += AsciiBlock.SIZE) {
                signs.look(start);
            }
            signs.bySegment[segment] = signs.found;
        }
        return signs;
    }

    /** All of them, as one number. */
    int all() {
        return between(0, bySegment.length);
    }

    int segments() {
        return bySegment.length;
    }

    /** Takes back a sign that turned out to be none. */
    void forget(int sign) {
        for (int segment = 0; segment < bySegment.length; segment++) {
            bySegment[segment] &= ~sign;
        }
    }

    /** The signs in the segments from first to before last. */
    int between(int first, int last) {
        int all = 0;
        for (int segment = first; segment < last; segment++) {
            all |= bySegment[segment];
        }
        return all;
    }

    private void look(int start) {
        block.read(start);
        long letters = block.letters();
        long before = (letters << 1) | lastLetter;
        long begins = letters & ~before;
        while (begins != 0) {
            int first = Long.numberOfTrailingZeros(begins);
            begins &= begins - 1;
            word(start + first, Long.numberOfTrailingZeros(~(letters >>> first)));
        }
        long alphabet = letters;
        long after = (letters >>> 1) | (block.isLetter(start + AsciiBlock.SIZE) ? Long.MIN_VALUE : 0);
        long others = block.others();
        while (others != 0) {
            int bit = Long.numberOfTrailingZeros(others);
            others &= others - 1;
            int kind = CLASSES[block.character(start + bit)];
            alphabet |= (long) (kind & IN_ALPHABET) << bit;
            if (kind > IN_ALPHABET) {
                rare(kind, start + bit, (before >>> bit & 1) != 0, (after >>> bit & 1) != 0);
            }
        }
        singles(letters & ~before & ~after);
        runs(start, alphabet);
        lastLetter = letters >>> (Long.SIZE - 1);
    }

    /** A word of so many letters, or more if the block ends in it. */
    private void word(int start, int letters) {
        int end = start + letters;
        if (end % AsciiBlock.SIZE == 0) {
            while (block.isLetter(end)) {
                end++;
            }
        }
        int length = end - start;
        long first = block.firstLetters(start, length);
        if (length >= Vocabulary.MIN_DISGUISED && words.mayContainDisguised(first, length)) {
            disguised(start, end);
        }
        if (start - previousEnd == 1
                && words.mayContain(Vocabulary.joined(previous, previousLength, first), previousLength + length)) {
            halves(start, end);
        }
        if (start - previousEnd >= Joined.MIN_PADDING) {
            padding(start);
        }
        found |= length > Vocabulary.MAX_WORD ? RUN_TOGETHER : 0;
        previous = first;
        previousLength = length;
        previousEnd = end;
    }

    /** Four letters, each with something else on both sides and one character from the next. */
    private void singles(long singles) {
        long before = (singles << Byte.SIZE) | (lastSingles >>> (Long.SIZE - Byte.SIZE));
        if (areFour(singles) || areFour(before)) {
            found |= SPLIT;
        }
        lastSingles = singles;
    }

    private static boolean areFour(long singles) {
        long two = singles & (singles >>> 2);
        return (two & (two >>> 4)) != 0;
    }

    private void runs(int start, long alphabet) {
        if (lastRun + Long.numberOfTrailingZeros(~alphabet) >= Payloads.MIN_CHARACTERS) {
            run(start - lastRun);
        }
        long runs = alphabet & (alphabet >>> 1);
        runs &= runs >>> 2;
        runs &= runs >>> 4;
        runs &= runs >>> 8;
        while (runs != 0 && (found & ENCODED) == 0) {
            run(start + Long.numberOfTrailingZeros(runs));
            runs = runDone - start >= Long.SIZE ? 0 : runs & (-1L << (runDone - start));
        }
        lastRun = alphabet == -1 ? lastRun + Long.SIZE : Long.numberOfLeadingZeros(~alphabet);
    }

    private void disguised(int start, int end) {
        String word = lower(start, end);
        found |= words.containsReversed(word) ? REVERSED : 0;
        found |= words.containsRotated(word) ? ROTATED : 0;
    }

    /** A word and the one before it, with one blank between, that are a known word together. */
    private void halves(int start, int end) {
        if (previousEnd == 0 || text.charAt(previousEnd) != ' ') {
            return;
        }
        String left = lower(previousEnd - previousLength, previousEnd);
        String right = lower(start, end);
        boolean two = words.contains(left) && words.contains(right);
        int least = two ? Pieces.MIN_TWO_WORDS : Pieces.MIN_HALVES;
        found |= left.length() + right.length() >= least && words.contains(left + right) ? SPLIT : 0;
    }

    private void padding(int start) {
        for (int i = start - Joined.MIN_PADDING; i < start; i++) {
            if (!Character.isWhitespace(text.charAt(i))) {
                return;
            }
        }
        found |= previousEnd > 0 ? PADDED : 0;
    }

    private void rare(int kind, int at, boolean letterBefore, boolean letterAfter) {
        if ((kind & ESCAPE) != 0 && (found & ESCAPED) == 0 && Escapes.beginsAt(text, at)) {
            found |= ESCAPED;
        }
        if ((kind & DIGIT) != 0) {
            pairs(at);
        }
        boolean inWord = letterAfter || (letterBefore && (kind & DIGIT) != 0);
        if (inWord && (kind & (DIGIT | LEET_SIGN)) != 0) {
            leet(at);
        }
        // A sign that ends a word, and no sentence.
        if (letterBefore && (kind & JOINER) != 0 && (block.character(at + 1) != ' ' || block.character(at) == '-')) {
            pieces(at);
        }
    }

    private void pairs(int at) {
        if (at >= pairsDone && (found & ENCODED) == 0) {
            int start = at > 0 && Escapes.hexDigit(text.charAt(at - 1)) >= 0 ? at - 1 : at;
            pairsDone = hex.endOfPairs(start);
            found |= pairsDone > start ? ENCODED : 0;
        }
    }

    private void leet(int at) {
        if (at >= leetDone && (found & LEET) == 0) {
            leetDone = Leet.endOfToken(text, at);
            found |= Leet.tells(text, at, leetDone, words) ? LEET : 0;
        }
    }

    /** Pieces of a word on both sides of a sign. */
    private void pieces(int at) {
        if ((found & SPLIT) != 0 || Pieces.endOfGap(text, at) == at) {
            return;
        }
        int start = at - 1;
        while (start > 0 && block.isLetter(start - 1) && at - start <= Vocabulary.MAX_WORD) {
            start--;
        }
        pieces.read(start);
        found |= pieces.isTelling() ? SPLIT : 0;
    }

    /** Whether a run looks more like base64 or hexadecimal than like a long word or a path. */
    private void run(int start) {
        boolean digit = false;
        boolean upper = false;
        boolean lower = false;
        int at = Math.max(start, runDone);
        while ((found & ENCODED) == 0 && Payloads.isInAlphabet(block.character(at))) {
            int character = block.character(at);
            digit |= character >= '0' && character <= '9';
            upper |= at > start && character >= 'A' && character <= 'Z';
            lower |= character >= 'a';
            at++;
            found |= digit || (upper && lower) ? ENCODED : 0;
        }
        runDone = at;
    }

    private String lower(int start, int end) {
        StringBuilder word = new StringBuilder(end - start);
        for (int i = start; i < end; i++) {
            word.append((char) (block.character(i) | 0x20));
        }
        return word.toString();
    }

    private static byte[] classes() {
        byte[] classes = new byte[256];
        for (int c = 0; c < classes.length; c++) {
            int kind = Payloads.isInAlphabet(c) ? IN_ALPHABET : 0;
            kind |= "%&\\=".indexOf(c) >= 0 ? ESCAPE : 0;
            kind |= c >= '0' && c <= '9' ? DIGIT : 0;
            kind |= "@$!|+(".indexOf(c) >= 0 ? LEET_SIGN : 0;
            kind |= "-._*~|/\\`^+:,;#".indexOf(c) >= 0 ? JOINER : 0;
            classes[c] = (byte) kind;
        }
        return classes;
    }
}
