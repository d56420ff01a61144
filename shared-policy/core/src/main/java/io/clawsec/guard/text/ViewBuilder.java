package io.clawsec.guard.text;

/**
 * Writes a view from another one: spans of it are replaced from front to back, and what stands between them is taken
 * over as it is.
 */
final class ViewBuilder {

    private final TextView source;
    private final StringBuilder text;
    private final SpanMap map = new SpanMap();
    /** Up to here the source is taken over, replaced or left out. */
    private int done;

    private boolean changed;

    ViewBuilder(TextView source) {
        this.source = source;
        this.text = new StringBuilder(source.text().length() + 16);
    }

    /** Puts characters in the place of the source's span, which stands behind all spans before. */
    void replace(int from, int to, CharSequence characters) {
        copy(from);
        text.append(characters);
        map.addUneven(from, to, characters.length());
        leaveOut(to);
    }

    /** Puts one character in the place of the span. */
    void replace(int from, int to, char character) {
        copy(from);
        text.append(character);
        map.addUneven(from, to, 1);
        leaveOut(to);
    }

    /** Takes over everything up to the given offset. */
    void copy(int to) {
        if (to > done) {
            text.append(source.text(), done, to);
            map.addEven(done, to - done);
            done = to;
        }
    }

    /** Leaves out what is not taken over yet, up to the given offset. */
    void leaveOut(int to) {
        done = to;
        changed = true;
    }

    /** Puts another character in the last one's place and lets its span go on to the given end. */
    void decorate(char character, int to) {
        text.setCharAt(text.length() - 1, character);
        map.extendLast(to);
        leaveOut(to);
    }

    int length() {
        return text.length();
    }

    char last() {
        return text.charAt(text.length() - 1);
    }

    boolean isChanged() {
        return changed;
    }

    /** The view of all that was written, and of the rest of the source. */
    TextView build(ViewKind kind) {
        copy(source.text().length());
        SpanMap inner = source.map();
        return new TextView(kind, text.toString(), inner == null ? map : map.through(inner));
    }
}
