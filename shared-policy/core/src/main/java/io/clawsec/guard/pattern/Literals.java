package io.clawsec.guard.pattern;

/** The trees of single characters; those of ASCII, which nearly all are, are made once. */
final class Literals {

    private static final int ASCII = 128;
    private static final Regex[] EXACT = new Regex[ASCII];
    private static final Regex[] FOLDED = new Regex[ASCII];

    static {
        for (int character = 0; character < ASCII; character++) {
            EXACT[character] = made(character, false);
            FOLDED[character] = made(character, true);
        }
    }

    private Literals() {}

    /** One character, in any case where case is folded. */
    static Regex of(int codePoint, boolean foldCase) {
        if (codePoint < ASCII) {
            return foldCase ? FOLDED[codePoint] : EXACT[codePoint];
        }
        return made(codePoint, foldCase);
    }

    private static Regex made(int codePoint, boolean foldCase) {
        return new Regex.One(foldCase ? CaseFolding.closeRange(codePoint, codePoint) : CodePoints.of(codePoint));
    }
}
