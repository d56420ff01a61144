package io.clawsec.guard.text;

import java.util.Locale;

/** What a view does to a text. */
public enum ViewKind {
    /** The text itself, with full-width forms, odd spaces, dashes and digits as their ASCII twins. */
    PLAIN(false),
    /** As a reader takes it in: nothing invisible, no dressed-up or borrowed letters. */
    FOLDED(false),
    /** What invisible characters spell. */
    HIDDEN(false),
    /** Escapes of URLs, HTML, mail and programs resolved in place. */
    UNESCAPED(false),
    /** Base64 and hex decoded in place. */
    DECODED(false),
    /** Folded, unescaped and decoded at once, in the blocks by which a stream is read. */
    REVEALED(false),
    /** Words that were spaced out or split, put together; and words that were run together, taken apart. */
    JOINED(true),
    /** Digits and signs that stand for letters as those letters. */
    LEET(true),
    /** Backwards: the whole text, or every word. */
    REVERSED(true),
    /** Every letter thirteen further. */
    ROT13(true);

    private final boolean injectionsOnly;

    ViewKind(boolean injectionsOnly) {
        this.injectionsOnly = injectionsOnly;
    }

    /**
     * Whether the view shows instructions only: a key or a number that it changed would be another key or number.
     */
    public boolean injectionsOnly() {
        return injectionsOnly;
    }

    /** The name in a receipt. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
