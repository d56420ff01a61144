package io.clawsec.guard.text;

/**
 * The revealed view of a text that arrives in pieces: block by block as {@link Blocks} cuts it, so that it is the same
 * however the text is cut into pieces. Not for several threads.
 */
public final class RevealedText {

    private final SpanMap map = new SpanMap();

    /** The text from the place {@link #from} on, of which it is not known yet how far its block goes. */
    private String pending = "";

    private int from;
    private int length;
    private boolean different;

    /** Takes the next piece; returns how the view goes on, which may be nothing. */
    public String append(String piece) {
        return reveal(pending.isEmpty() ? piece : pending + piece, false);
    }

    /** Takes the end of the text; returns the rest of the view. */
    public String finish() {
        return reveal(pending, true);
    }

    private String reveal(String text, boolean ended) {
        String plain = PlainView.of(text);
        StringBuilder seen = new StringBuilder(text.length());
        int copied = 0;
        int start = 0;
        for (int end = Blocks.end(text, 0, ended); end > 0; end = Blocks.end(text, start, ended)) {
            if (Revelation.mayChange(text, start, end)) {
                TextView revealed = Revelation.of(text.substring(start, end));
                if (revealed != null) {
                    seen.append(plain, copied, start).append(revealed.text());
                    map.addEven(from + copied, start - copied);
                    map.addAll(revealed.map(), revealed.text().length(), from + start);
                    copied = end;
                    different = true;
                }
            }
            start = end;
        }
        seen.append(plain, copied, start);
        map.addEven(from + copied, start - copied);
        length += seen.length();
        from += start;
        pending = text.substring(start);
        return seen.toString();
    }

    /** Whether the view is another than the plain one so far. */
    boolean isDifferent() {
        return different;
    }

    SpanMap map() {
        return map;
    }

    /** Start of what the view's character came from, or will come from; the view's places are counted from its start. */
    public int start(int character) {
        return character < length ? map.start(character) : from;
    }

    /** One past the end of what the view's character came from. */
    public int end(int character) {
        return map.end(character);
    }

    /** Forgets the way back from all characters before. */
    public void forget(int character) {
        map.forget(Math.min(character, length));
    }
}
