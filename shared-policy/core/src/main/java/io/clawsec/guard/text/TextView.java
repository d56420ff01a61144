package io.clawsec.guard.text;

import org.jspecify.annotations.Nullable;

/** One view of a text, with the way back from every span of it to the original that carried it. Immutable. */
public final class TextView {

    private final ViewKind kind;
    private final String text;
    /** Null where every offset is its own. */
    private final @Nullable SpanMap map;
    /** Whether the text runs against the map. */
    private final boolean backwards;

    TextView(ViewKind kind, String text, @Nullable SpanMap map) {
        this(kind, text, map, false);
    }

    private TextView(ViewKind kind, String text, @Nullable SpanMap map, boolean backwards) {
        this.kind = kind;
        this.text = text;
        this.map = map;
        this.backwards = backwards;
    }

    /** A text as its own view. */
    static TextView identity(String text) {
        return new TextView(ViewKind.PLAIN, text, null);
    }

    /** A view of as many characters, each in the place of the one here. */
    TextView with(ViewKind otherKind, String otherText) {
        return new TextView(otherKind, otherText, map);
    }

    /** The same characters from the last to the first. */
    TextView reversed(ViewKind otherKind) {
        return new TextView(otherKind, new StringBuilder(text).reverse().toString(), map, true);
    }

    /** The characters from one place to another; this view is not a reversed one. */
    TextView part(int from, int to) {
        SpanMap part = new SpanMap();
        if (map == null) {
            part.addEven(from, to - from);
        } else {
            map.copyTo(part, from, to);
        }
        return new TextView(kind, text.substring(from, to), part);
    }

    @Nullable
    SpanMap map() {
        return map;
    }

    public ViewKind kind() {
        return kind;
    }

    /** What the rules see; confidential. */
    public String text() {
        return text;
    }

    /** First original character of the smallest span that carried the view's characters from start to end. */
    public int originalStart(int start, int end) {
        int first = backwards ? text.length() - end : start;
        return map == null ? first : map.start(first);
    }

    /** One past the last original character of the same span; start is less than end. */
    public int originalEnd(int start, int end) {
        int last = (backwards ? text.length() - start : end) - 1;
        return map == null ? last + 1 : map.end(last);
    }

    /** Shows the kind and the length only. */
    @Override
    public String toString() {
        return "TextView[" + kind.wireName() + ", " + text.length() + " characters]";
    }
}
