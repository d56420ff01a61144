package io.clawsec.guard.text;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes the views of a text that rules have to see. Immutable, safe for any number of threads.
 *
 * <p>A plain ASCII text without a sign of a disguise has one view, itself, and costs one pass. All views of a text
 * together have a bounded length, so the work is linear in the text.
 */
public final class TextViews {

    /** Layers of encodings that are taken off; a text with more of them cannot be judged. */
    public static final int MAX_DEPTH = 3;

    /** All views together are so many times as long as the text at most; harmless texts come to four. */
    static final int MAX_GROWTH = 8;
    /** A text that is shorter counts as one of this length. */
    private static final int SHORT_TEXT = 4_096;

    private final Vocabulary words;

    private TextViews(Vocabulary words) {
        this.words = words;
    }

    /**
     * Views for rules against injections with these patterns.
     *
     * @param injectionPatterns their sources; disguises of the words in them are looked through
     */
    public static TextViews against(Collection<String> injectionPatterns) {
        return new TextViews(Vocabulary.of(injectionPatterns));
    }

    /**
     * The views of a text that goes to a model, the plain one first.
     *
     * @throws EndlessEncodingException if the text is encoded in more than {@link #MAX_DEPTH} layers, or disguised in
     *     so many ways that its views pass their bound
     */
    public List<TextView> ofInput(String text) {
        Layers layers = new Layers(words, MAX_GROWTH * Math.max(SHORT_TEXT, text.length()));
        TextView original = TextView.identity(text);
        if (Folding.isPlainAscii(text)) {
            layers.add(original);
            layers.follow(original);
            return layers.views;
        }
        TextView plain = TextView.identity(PlainView.of(text));
        TextView folded = Folding.fold(original);
        boolean differs = !folded.text().equals(plain.text());
        layers.add(plain);
        if (differs) {
            layers.add(folded.with(ViewKind.FOLDED, folded.text()));
        }
        layers.follow(differs ? folded : plain);
        TextView hidden = HiddenText.of(original);
        if (hidden != null) {
            layers.add(hidden);
            layers.follow(hidden);
            layers.takeApart(hidden, true);
        }
        return layers.views;
    }

    /** The views of a text that a model wrote: the plain one, and the revealed one where it is another. */
    public static List<TextView> ofOutput(String text) {
        TextView plain = TextView.identity(PlainView.of(text));
        RevealedText revealed = new RevealedText();
        String seen = revealed.append(text) + revealed.finish();
        return revealed.isDifferent()
                ? List.of(plain, new TextView(ViewKind.REVEALED, seen, revealed.map()))
                : List.of(plain);
    }

    /** A view and the signs of disguises in it. */
    private record Layer(TextView text, int signs) {}

    /** Takes the layers off one text and gathers the views that come out. */
    private static final class Layers {

        private final List<TextView> views = new ArrayList<>();
        private final Vocabulary words;
        private int charactersLeft;

        Layers(Vocabulary words, int characters) {
            this.words = words;
            this.charactersLeft = characters;
        }

        void add(TextView view) {
            charactersLeft -= view.text().length();
            if (charactersLeft < 0) {
                throw new EndlessEncodingException();
            }
            views.add(view);
        }

        /** Looks through the disguises in a view: in a long one only round their signs. */
        void follow(TextView outermost) {
            String text = outermost.text();
            Signs signs = Signs.of(text, words);
            if (text.length() <= SHORT_TEXT) {
                follow(outermost, signs.between(0, signs.segments()));
                return;
            }
            int from = 0;
            int to = 0;
            int found = 0;
            for (int segment = 0; segment < signs.segments(); segment++) {
                int own = signs.between(segment, segment + 1);
                if (own == 0) {
                    continue;
                }
                int start = startOfPart(text, segment, own, to);
                if (start > to) {
                    follow(outermost.part(from, to), found);
                    from = start;
                    found = 0;
                }
                found |= own;
                int end = Math.min(text.length(), (segment + 2) * Signs.SEGMENT);
                to = end > to ? blank(text, end, 1) : to;
            }
            follow(outermost.part(from, to), found);
        }

        /**
         * A segment before the signs, and before the blanks that push them away from what is before; or a place up to
         * the given one if that is behind it.
         */
        private static int startOfPart(String text, int segment, int signs, int before) {
            int start = segment * Signs.SEGMENT;
            while ((signs & Signs.PADDED) != 0
                    && start > before
                    && CharacterKind.isWhitespace(text.charAt(start - 1))) {
                start--;
            }
            start -= Signs.SEGMENT;
            return start > before ? blank(text, start, -1) : before;
        }

        /** The next blank from the place on: what may be one escape or one payload is not cut. */
        private static int blank(String text, int place, int direction) {
            int at = place;
            while (at > 0 && at < text.length() && !CharacterKind.isWhitespace(text.charAt(at))) {
                at += direction;
            }
            return at;
        }

        private void follow(TextView outermost, int outermostSigns) {
            Layer layer = new Layer(outermost, outermostSigns);
            for (int depth = 0; (layer.signs & (Signs.ESCAPED | Signs.ENCODED)) != 0; depth++) {
                Layer inner = inner(layer);
                if (inner == null) {
                    break;
                }
                if (depth == MAX_DEPTH) {
                    throw new EndlessEncodingException();
                }
                layer = inner;
            }
            undisguise(layer.text, layer.signs);
        }

        /** One layer less: the escapes resolved, then what is encoded decoded; null if there was neither. */
        private @Nullable Layer inner(Layer layer) {
            boolean escaped = (layer.signs & Signs.ESCAPED) != 0;
            Layer resolved = escaped ? layer(Escapes.resolve(layer.text)) : null;
            Layer inner = resolved == null ? layer : resolved;
            boolean encoded = (inner.signs & Signs.ENCODED) != 0;
            Layer decoded = encoded ? layer(Payloads.decode(inner.text)) : null;
            return decoded == null ? resolved : decoded;
        }

        /** The view, folded, with its signs; null if there is none. */
        private @Nullable Layer layer(@Nullable TextView view) {
            TextView text = added(view);
            return text == null ? null : new Layer(text, Signs.in(text.text(), words));
        }

        private void undisguise(TextView text, int signs) {
            TextView joined = (signs & (Signs.SPLIT | Signs.PADDED)) == 0
                    ? null
                    : added(Joined.of(text, words, (signs & Signs.SPLIT) != 0));
            TextView whole = joined == null ? text : joined;
            int left = joined == null ? signs : signs | Signs.in(joined.text(), words);
            if ((left & Signs.RUN_TOGETHER) != 0) {
                takeApart(whole, false);
            }
            if ((left & Signs.LEET) != 0) {
                add(Leet.of(whole, words));
            }
            if ((left & Signs.REVERSED) != 0) {
                add(Reversed.whole(whole));
                add(Reversed.words(whole));
            }
            if ((left & Signs.ROTATED) != 0) {
                add(Rot13.of(whole));
            }
        }

        void takeApart(TextView text, boolean hidden) {
            TextView apart = RunTogether.of(text, words, hidden);
            if (apart != null) {
                add(apart);
            }
        }

        /** Adds a view, and its folded form where that is another; returns the latter. */
        private @Nullable TextView added(@Nullable TextView view) {
            if (view == null) {
                return null;
            }
            add(view);
            TextView folded = Folding.fold(view);
            if (folded == view) {
                return view;
            }
            TextView hidden = HiddenText.of(view);
            if (hidden != null) {
                add(hidden);
                takeApart(hidden, true);
            }
            add(folded);
            return folded;
        }
    }
}
