package io.clawsec.guard.text;

import org.jspecify.annotations.Nullable;

/**
 * What a text says in characters that nobody sees and models read: Unicode's tags, which are ASCII over again, and runs
 * of variation selectors, which carry a byte each.
 */
final class HiddenText {

    private static final int FIRST_TAG = 0xE0020;
    private static final int LAST_TAG = 0xE007E;
    /** All tags and all the many selectors begin with this half of a pair. */
    private static final char FIRST_HALF = '\uDB40';

    private static final int TAG_OFFSET = 0xE0000;
    private static final char FIRST_SELECTOR = '\uFE00';
    private static final char LAST_SELECTOR = '\uFE0F';
    private static final int FIRST_MORE_SELECTOR = 0xE0100;
    private static final int LAST_MORE_SELECTOR = 0xE01EF;
    private static final int FEW_SELECTORS = 16;

    /** One selector chooses how a character looks; so many in a row choose nothing. */
    private static final int MIN_RUN = 4;
    /** Seen characters between two tags that still leave them one word: so texts are woven into each other. */
    private static final int MAX_GAP = 2;

    private final TextView source;
    private final ViewBuilder view;
    private final ByteRun bytes;
    /** Where the last hidden character ended. */
    private int end = -1;

    private HiddenText(TextView source) {
        this.source = source;
        this.view = new ViewBuilder(source);
        this.bytes = new ByteRun(view);
    }

    /** The hidden text, or null if there is none. */
    static @Nullable TextView of(TextView source) {
        return mayHold(source.text()) ? new HiddenText(source).run() : null;
    }

    private static boolean mayHold(String text) {
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character < FIRST_HALF) {
                continue;
            }
            if (character == FIRST_HALF
                    || (isSelector(character) && i + 1 < text.length() && isSelector(text.charAt(i + 1)))) {
                return true;
            }
        }
        return false;
    }

    private @Nullable TextView run() {
        String text = source.text();
        int at = 0;
        while (at < text.length()) {
            int codePoint = text.codePointAt(at);
            int next = at + Character.charCount(codePoint);
            if (codePoint >= FIRST_TAG && codePoint <= LAST_TAG) {
                separate(at);
                view.replace(at, next, (char) (codePoint - TAG_OFFSET));
                end = next;
            } else if (isSelector(codePoint)) {
                next = selectors(at);
            }
            at = next;
        }
        view.leaveOut(text.length());
        return view.length() == 0 ? null : view.build(ViewKind.HIDDEN);
    }

    private int selectors(int from) {
        String text = source.text();
        int to = from;
        int count = 0;
        while (to < text.length() && isSelector(text.codePointAt(to))) {
            to += Character.charCount(text.codePointAt(to));
            count++;
        }
        if (count >= MIN_RUN) {
            separate(from);
            for (int at = from; at < to; ) {
                int next = at + Character.charCount(text.codePointAt(at));
                view.leaveOut(at); // a byte before that is part of no character
                bytes.add(byteOf(text.codePointAt(at)), at, next);
                at = next;
            }
            bytes.flush();
            end = to;
        }
        return to;
    }

    private void separate(int at) {
        boolean apart = view.length() > 0 && at - end > MAX_GAP;
        view.leaveOut(apart ? end : at);
        if (apart) {
            view.replace(end, at, '\n');
        }
    }

    private static boolean isSelector(int codePoint) {
        return (codePoint >= FIRST_SELECTOR && codePoint <= LAST_SELECTOR)
                || (codePoint >= FIRST_MORE_SELECTOR && codePoint <= LAST_MORE_SELECTOR);
    }

    private static int byteOf(int selector) {
        return selector <= LAST_SELECTOR ? selector - FIRST_SELECTOR : selector - FIRST_MORE_SELECTOR + FEW_SELECTORS;
    }
}
