package io.clawsec.guard.text;

/**
 * Looks in one pass for signs that a text is disguised, so that views are built of few texts. A sign that is found may
 * turn out to be none; what is not found is not there, or is no word of the rules. For one text and one thread.
 */
final class SignSearch {

    /** What a character is that is neither a letter nor a blank, as places of bits; the lowest: it may be base64. */
    private static final int ESCAPE = 1;

    private static final int DIGIT = 2;
    private static final int LEET_SIGN = 3;
    private static final int JOINER = 4;
    private static final byte[] CLASSES = classes();

    private final String text;
    private final Vocabulary words;
    private final AsciiBlock block;
    private final EscapeSigns escapes;
    private final HexPayloads hex;
    private final LeetTokens leet;
    private final Pieces pieces;

    /** The signs found in the segment that is being looked at. */
    private int found;

    /** The word before: its first letters, how many it has, and where it ended. */
    private long previous;

    private int previousLength;
    private int previousEnd;
    /** Whether the last character was a letter; single letters among the last ones; characters of base64 at the end. */
    private long lastLetter;

    private long lastSingles;
    private int lastRun;

    /** Runs and pairs are looked at once: up to here it is done. */
    private int runDone;

    private int pairsDone;

    SignSearch(String text, Vocabulary words) {
        this.text = text;
        this.words = words;
        this.block = new AsciiBlock(text);
        this.escapes = new EscapeSigns(text);
        this.hex = new HexPayloads(text);
        this.leet = new LeetTokens(text, block, words);
        this.pieces = new Pieces(text, words);
    }

    /** The signs that begin in each segment of the text. */
    int[] bySegment() {
        int[] bySegment = new int[(text.length() + Signs.SEGMENT - 1) / Signs.SEGMENT];
        for (int segment = 0; segment < bySegment.length; segment++) {
            found = 0;
            int end = Math.min(text.length(), (segment + 1) * Signs.SEGMENT);
            for (int start = segment * Signs.SEGMENT; start < end; start += AsciiBlock.SIZE) {
                look(start);
            }
            bySegment[segment] = found;
        }
        return bySegment;
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
        long after = (letters >>> 1) | (block.isLetter(start + AsciiBlock.SIZE) ? Long.MIN_VALUE : 0);
        long alphabet = letters | others(start, before, after);
        singles(start, letters & ~before & ~after);
        runs(start, alphabet);
        lastLetter = letters >>> (Long.SIZE - 1);
    }

    /** Looks at what is neither letter nor blank; returns which of it may be base64. */
    private long others(int start, long letterBefore, long letterAfter) {
        long alphabet = 0;
        long escapes = 0;
        long digits = 0;
        long leetSigns = 0;
        long joiners = 0;
        for (long others = block.others(); others != 0; others &= others - 1) {
            int bit = Long.numberOfTrailingZeros(others);
            long kind = CLASSES[block.character(start + bit)];
            alphabet |= (kind & 1) << bit;
            escapes |= (kind >>> ESCAPE & 1) << bit;
            digits |= (kind >>> DIGIT & 1) << bit;
            leetSigns |= (kind >>> LEET_SIGN & 1) << bit;
            joiners |= (kind >>> JOINER & 1) << bit;
        }
        escapes(start, escapes);
        pairs(start, digits);
        if ((found & Signs.LEET) == 0) {
            long beside = (digits & (letterBefore | letterAfter)) | (leetSigns & letterAfter);
            found |= leet.tells(start, block.letters() | digits | leetSigns, beside) ? Signs.LEET : 0;
        }
        pieces(start, joiners & letterBefore);
        return alphabet;
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
                && block.character(previousEnd) == ' '
                && words.mayContain(Vocabulary.joined(previous, previousLength, first), previousLength + length)) {
            halves(start, end);
        }
        if (start - previousEnd >= Joined.MIN_PADDING) {
            padding(start);
        }
        found |= length > Vocabulary.MAX_WORD ? Signs.RUN_TOGETHER : 0;
        previous = first;
        previousLength = length;
        previousEnd = end;
    }

    /** Four letters, each alone, with one and the same character between each two. */
    private void singles(int start, long singles) {
        long across = (singles << Byte.SIZE) | (lastSingles >>> (Long.SIZE - Byte.SIZE));
        if (areEvenlyApart(start, fours(singles)) || areEvenlyApart(start - Byte.SIZE, fours(across))) {
            found |= Signs.SPLIT;
        }
        lastSingles = singles;
    }

    /** Where four letters begin that have one character between each two. */
    private static long fours(long singles) {
        long two = singles & (singles >>> 2);
        return two & (two >>> 4);
    }

    private boolean areEvenlyApart(int start, long fours) {
        for (long left = fours; left != 0; left &= left - 1) {
            int first = start + Long.numberOfTrailingZeros(left);
            int separator = separator(first + 1);
            if (separator == separator(first + 3) && separator == separator(first + 5)) {
                return true;
            }
        }
        return false;
    }

    /** The character, all blanks as one. */
    private int separator(int at) {
        int character = block.character(at);
        return Character.isWhitespace(character) ? ' ' : character;
    }

    private void runs(int start, long alphabet) {
        if (lastRun + Long.numberOfTrailingZeros(~alphabet) >= Payloads.MIN_CHARACTERS) {
            run(start - lastRun);
        }
        long runs = alphabet & (alphabet >>> 1);
        runs &= runs >>> 2;
        runs &= runs >>> 4;
        runs &= runs >>> 8;
        while (runs != 0 && (found & Signs.ENCODED) == 0) {
            run(start + Long.numberOfTrailingZeros(runs));
            runs = runDone - start >= Long.SIZE ? 0 : runs & (-1L << (runDone - start));
        }
        lastRun = alphabet == -1 ? lastRun + Long.SIZE : Long.numberOfLeadingZeros(~alphabet);
    }

    private void disguised(int start, int end) {
        String word = lower(start, end);
        found |= words.containsReversed(word) ? Signs.REVERSED : 0;
        found |= words.containsRotated(word) ? Signs.ROTATED : 0;
    }

    /** A word and the one before it, with one blank between, that are a known word together. */
    private void halves(int start, int end) {
        if (previousEnd == 0) {
            return;
        }
        String left = lower(previousEnd - previousLength, previousEnd);
        String right = lower(start, end);
        boolean two = words.contains(left) && words.contains(right);
        int least = two ? Pieces.MIN_TWO_WORDS : Pieces.MIN_HALVES;
        found |= left.length() + right.length() >= least && words.contains(left + right) ? Signs.SPLIT : 0;
    }

    private void padding(int start) {
        for (int i = start - Joined.MIN_PADDING; i < start; i++) {
            if (!Character.isWhitespace(text.charAt(i))) {
                return;
            }
        }
        found |= previousEnd > 0 ? Signs.PADDED : 0;
    }

    private void escapes(int start, long signs) {
        for (long left = signs; left != 0 && (found & Signs.ESCAPED) == 0; left &= left - 1) {
            found |= escapes.beginsAt(start + Long.numberOfTrailingZeros(left)) ? Signs.ESCAPED : 0;
        }
    }

    /**
     * Two letters or digits, one of them a digit, or four of which the second is the x of a prefix; and no more. Pairs of
     * letters alone are no ASCII, so a payload that they begin does not begin as one.
     */
    private void pairs(int start, long digits) {
        long letters = block.letters();
        long either = letters | digits;
        long begins = either & ~(either << 1);
        long two = begins & ahead(either, 1) & ~(either >>> 2) & (digits | ahead(digits, 1));
        long four = begins & digits & ahead(letters, 1) & ahead(either, 2) & ahead(either, 3) & ~(either >>> 4);
        for (long left = two | four; left != 0 && (found & Signs.ENCODED) == 0; left &= left - 1) {
            int first = start + Long.numberOfTrailingZeros(left);
            boolean apart = first == 0 || !Payloads.isInAlphabet(text.charAt(first - 1)); // as what is decoded does
            if (apart && first >= pairsDone) {
                pairsDone = hex.endOfPairs(first);
                found |= pairsDone > first ? Signs.ENCODED : 0;
            }
        }
    }

    /** For each character what the bits say of one so many places on; what is in the next block may be anything. */
    private static long ahead(long bits, int places) {
        return (bits >>> places) | (-1L << (Long.SIZE - places));
    }

    /** Pieces of a word on both sides of a sign, unless it ends a sentence. */
    private void pieces(int start, long joiners) {
        for (long left = joiners; left != 0 && (found & Signs.SPLIT) == 0; left &= left - 1) {
            int at = start + Long.numberOfTrailingZeros(left);
            boolean apart = block.character(at + 1) != ' ' || block.character(at) == '-';
            if (apart && Pieces.endOfGap(text, at) > at) {
                pieces.read(startOfWord(at - 1));
                found |= pieces.isTelling() ? Signs.SPLIT : 0;
            }
        }
    }

    private int startOfWord(int last) {
        int start = last;
        while (start > 0 && block.isLetter(start - 1) && last - start < Vocabulary.MAX_WORD) {
            start--;
        }
        return start;
    }

    /** Whether a run looks more like base64 or hexadecimal than like a long word or a path. */
    private void run(int start) {
        boolean digit = false;
        boolean upper = false;
        boolean lower = false;
        int at = Math.max(start, runDone);
        while ((found & Signs.ENCODED) == 0 && Payloads.isInAlphabet(block.character(at))) {
            int character = block.character(at);
            digit |= character >= '0' && character <= '9';
            upper |= at > start && character >= 'A' && character <= 'Z';
            lower |= character >= 'a';
            at++;
            found |= digit || (upper && lower) ? Signs.ENCODED : 0;
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
            int kind = Payloads.isInAlphabet(c) ? 1 : 0;
            kind |= "%&\\=".indexOf(c) >= 0 ? 1 << ESCAPE : 0;
            kind |= c >= '0' && c <= '9' ? 1 << DIGIT : 0;
            kind |= "@$!|+(\u00A3".indexOf(c) >= 0 ? 1 << LEET_SIGN : 0;
            kind |= "-._*~|/\\`^+:,;#".indexOf(c) >= 0 ? 1 << JOINER : 0;
            classes[c] = (byte) kind;
        }
        return classes;
    }
}
