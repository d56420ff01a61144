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
            TextView shown = layers.added(hidden);
            layers.follow(shown);
            layers.takeApart(shown, true);
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
    private record Layer(TextView text, Signs signs) {

        /** Shows nothing of the text. */
        @Override
        public String toString() {
            return "Layer";
        }
    }

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

        /** Looks through the disguises in a text. */
        void follow(TextView outermost) {
            follow(new Layer(outermost, Signs.of(outermost.text(), words)), 0);
        }

        /** Looks through the disguises in a layer: in a long one only round their signs. */
        private void follow(Layer layer, int depth) {
            if (layer.text.text().length() > SHORT_TEXT) {
                Parts parts = new Parts(layer.text, layer.signs);
                parts.each(Signs.ESCAPED, (part, signs) -> goneInto(part, signs, depth));
                parts.each(Signs.ENCODED, (part, signs) -> goneInto(part, Signs.ENCODED, depth));
                parts.each(Signs.ANY, (part, signs) -> {
                    undisguise(part, signs);
                    return true;
                });
            } else if (!goneInto(layer.text, layer.signs.all(), depth)) {
                undisguise(layer.text, layer.signs.all());
            }
        }

        /** Takes off one layer more; false if there is none. */
        private boolean goneInto(TextView part, int signs, int depth) {
            Layer inner = (signs & (Signs.ESCAPED | Signs.ENCODED)) == 0 ? null : inner(part, signs);
            if (inner == null) {
                return false;
            }
            if (depth == MAX_DEPTH) {
                throw new EndlessEncodingException();
            }
            follow(inner, depth + 1);
            return true;
        }

        /** One layer less: the escapes resolved, then what is encoded decoded; null if there was neither. */
        private @Nullable Layer inner(TextView part, int signs) {
            Layer resolved = (signs & Signs.ESCAPED) == 0 ? null : layer(Escapes.resolve(part));
            boolean encoded = ((resolved == null ? signs : resolved.signs.all()) & Signs.ENCODED) != 0;
            Layer decoded = encoded ? layer(Payloads.decode(resolved == null ? part : resolved.text)) : null;
            if (decoded == null && resolved != null) {
                resolved.signs.forget(Signs.ENCODED); // it was looked for
            }
            return decoded == null ? resolved : decoded;
        }

        /** The view, folded, with its signs; null if there is none. */
        private @Nullable Layer layer(@Nullable TextView view) {
            if (view == null) {
                return null;
            }
            TextView text = added(view);
            return new Layer(text, Signs.of(text.text(), words));
        }

        private void undisguise(TextView text, int signs) {
            boolean apart = (signs & (Signs.SPLIT | Signs.PADDED)) != 0;
            Layer joined = apart ? layer(Joined.of(text, words, (signs & Signs.SPLIT) != 0)) : null;
            TextView whole = joined == null ? text : joined.text;
            int left = joined == null ? signs : signs | joined.signs.all();
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
        TextView added(TextView view) {
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
