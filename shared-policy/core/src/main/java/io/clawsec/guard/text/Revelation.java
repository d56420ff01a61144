package io.clawsec.guard.text;

import org.jspecify.annotations.Nullable;

/** What one block of a text says once it is folded, unescaped and decoded: a function of the block alone. */
final class Revelation {

    /** Pairs in hexadecimal with a separator between each two have at least so many characters. */
    private static final int MIN_PAIRS_LENGTH = 3 * HexPayloads.MIN_PAIRS - 1;

    private Revelation() {}

    /** The block as it is to be read; null if it is to be read as it stands. */
    static @Nullable TextView of(String block) {
        String plain = PlainView.of(block);
        TextView original = TextView.identity(block);
        TextView seen = unhidden(original);
        StringBuilder outer = new StringBuilder();
        for (int depth = 0; depth < TextViews.MAX_DEPTH; depth++) {
            TextView bare = unescaped(seen);
            TextView inner = decoded(bare);
            if (inner != bare && !bare.text().equals(plain)) {
                // What came out may be a key that itself is decoded further, as web tokens are.
                outer.append(bare.text().strip()).append('\n');
            }
            if (inner == seen) {
                break;
            }
            seen = inner;
        }
        if (outer.length() > 0) {
            return ofWholeWord(original, outer.append(seen.text().strip()));
        }
        return seen == original || seen.text().equals(plain) ? null : seen;
    }

    /** The block folded, and behind that what is hidden in it. */
    private static TextView unhidden(TextView block) {
        TextView folded = Folding.fold(block);
        TextView hidden = folded == block ? null : HiddenText.of(block);
        if (hidden == null) {
            return folded;
        }
        String visible = folded.text().strip();
        return ofWholeWord(block, visible + (visible.isEmpty() ? "" : "\n") + hidden.text());
    }

    /** Several readings of one word: what is found in any of them came from all of it. */
    private static TextView ofWholeWord(TextView block, CharSequence readings) {
        ViewBuilder view = new ViewBuilder(block);
        view.replace(0, block.text().stripTrailing().length(), readings);
        return view.build(ViewKind.REVEALED);
    }

    private static TextView unescaped(TextView text) {
        TextView unescaped = hasEscapeSign(text.text()) ? Escapes.resolve(text) : null;
        return unescaped == null ? text : Folding.fold(unescaped);
    }

    private static TextView decoded(TextView text) {
        TextView decoded = mayBeEncoded(text.text(), 0, text.text().length()) ? Payloads.decode(text) : null;
        return decoded == null ? text : Folding.fold(decoded);
    }

    /** Whether there is any use in looking at the block; true of all that {@link #of} changes. */
    static boolean mayChange(String text, int start, int end) {
        for (int at = start; at < end; at++) {
            char character = text.charAt(at);
            boolean letters = character >= 'a' && character <= 'z';
            if (!letters && (isChanged(character) || (isEscapeSign(character) && EscapeSigns.mayBeginAt(text, at)))) {
                return true;
            }
        }
        return end - start >= Payloads.MIN_CHARACTERS && mayBeEncoded(text, start, end);
    }

    private static boolean isChanged(char character) {
        if (character <= '~') {
            return character < ' ' && (character < '\t' || character > '\r');
        }
        return Character.isSurrogate(character) || FoldTable.get().value(character) != FoldTable.UNCHANGED;
    }

    private static boolean hasEscapeSign(String text) {
        for (int at = 0; at < text.length(); at++) {
            if (isEscapeSign(text.charAt(at))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isEscapeSign(char character) {
        return switch (character) {
            case '%', '&', '\\', '=' -> true;
            default -> false;
        };
    }

    private static boolean mayBeEncoded(String text, int start, int end) {
        int run = 0;
        boolean separated = false;
        for (int at = start; at < end; at++) {
            char character = text.charAt(at);
            run = Payloads.isInAlphabet(character) ? run + 1 : 0;
            separated |= character == ':' || character == ',' || character == ';' || character == ' ';
            if (run >= Payloads.MIN_CHARACTERS) {
                return true;
            }
        }
        return separated && end - start >= MIN_PAIRS_LENGTH;
    }
}
