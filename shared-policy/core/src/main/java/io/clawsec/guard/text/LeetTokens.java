package io.clawsec.guard.text;

/**
 * Finds, block by block, tokens with digits or signs that are known words in disguise. Where a token begins and ends is
 * read off the block's bits: a loop over its characters costs several times as much. For one text and one thread.
 */
final class LeetTokens {

    private final String text;
    private final AsciiBlock block;
    private final Vocabulary words;

    /** Tokens that go on into other blocks are looked at once: up to here it is done. */
    private int done;

    LeetTokens(String text, AsciiBlock block, Vocabulary words) {
        this.text = text;
        this.block = block;
        this.words = words;
    }

    /**
     * Whether one of the tokens is a word in disguise.
     *
     * @param start of the block
     * @param parts where the block has what a token may have
     * @param signs some of these, of which at least one is in a token that is worth the look
     */
    boolean tells(int start, long parts, long signs) {
        long left = signs;
        while (left != 0) {
            int bit = Long.numberOfTrailingZeros(left);
            int from = bit + 1 - Long.numberOfLeadingZeros(~(parts << (Long.SIZE - 1 - bit)));
            int to = bit + Long.numberOfTrailingZeros(~(parts >>> bit));
            boolean whole = from > 0 && to < Long.SIZE && isClear(start + from - 1) && isClear(start + to);
            if (whole
                    ? to - from >= Leet.MIN_TELLING && Leet.tells(text, start + from, start + to, words)
                    : tells(start + bit)) {
                return true;
            }
            left = to == Long.SIZE ? 0 : left & (-1L << to);
        }
        return false;
    }

    /** The sign of a currency is part of a token, and the block does not know all of them. */
    private boolean isClear(int at) {
        return block.character(at) != '?';
    }

    private boolean tells(int at) {
        if (at < done) {
            return false;
        }
        done = Leet.endOfToken(text, at);
        return Leet.tells(text, Leet.startOfToken(text, at), done, words);
    }
}
