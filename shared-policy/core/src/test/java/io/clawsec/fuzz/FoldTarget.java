package io.clawsec.fuzz;

import static io.clawsec.fuzz.FuzzTarget.check;

import io.clawsec.guard.rule.Category;
import io.clawsec.guard.text.EndlessEncodingException;
import io.clawsec.guard.text.PlainView;
import io.clawsec.guard.text.TextView;
import io.clawsec.guard.text.TextViews;
import io.clawsec.policyfile.PolicyFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntBinaryOperator;

/**
 * Any text through the views that rules see: the same each time, of bounded length, and every span of a view leads back
 * to a span of the original.
 */
final class FoldTarget {

    /** How many times as long as the text a view may be. */
    private static final int MAX_GROWTH = 4;

    private static final int SPAN = 5;

    private static final TextViews VIEWS = TextViews.against(PolicyFiles.packaged().load().packs().stream()
            .filter(pack -> pack.category() == Category.INJECTION)
            .flatMap(pack -> pack.rules().stream())
            .flatMap(rule -> rule.patterns().stream())
            .toList());

    private FoldTarget() {}

    /**
     * A view with its way back.
     *
     * @param start from a span of the view to the first original character of it
     * @param end to one past its last
     */
    private record SeenText(String text, IntBinaryOperator start, IntBinaryOperator end) {}

    /** All views of the text, as an input and as an output; of one that is encoded without end only the latter. */
    private static List<SeenText> views(String text) {
        List<TextView> views = new ArrayList<>(TextViews.ofOutput(text));
        try {
            views.addAll(VIEWS.ofInput(text));
        } catch (EndlessEncodingException endless) {
            check(text.length() > 2 * TextViews.MAX_DEPTH, "too short to be encoded without end", List.of());
        }
        return views.stream()
                .map(view -> new SeenText(view.text(), view::originalStart, view::originalEnd))
                .toList();
    }

    static void test(String text) {
        List<SeenText> views = views(text);
        List<SeenText> again = views(text);
        check(views.size() == again.size(), "another number of views", List.of());
        for (int i = 0; i < views.size(); i++) {
            SeenText view = views.get(i);
            check(view.text().equals(again.get(i).text()), "another text the second time in view ", List.of(i));
            check(view.text().length() <= MAX_GROWTH * text.length(), "too long is view ", List.of(i));
            leadsBack(view, text.length());
        }
        plainIsOneForOne(text);
    }

    private static void leadsBack(SeenText view, int length) {
        for (int start = 0; start < view.text().length(); start++) {
            int end = Math.min(view.text().length(), start + 1 + start % SPAN);
            int from = view.start().applyAsInt(start, end);
            int to = view.end().applyAsInt(start, end);
            check(0 <= from && from < to && to <= length, "a span leads nowhere: ", List.of(start, "-", end));
        }
    }

    /** The plain view judges each character by itself, so that a stream may be viewed in pieces. */
    private static void plainIsOneForOne(String text) {
        String plain = PlainView.of(text);
        check(plain.length() == text.length(), "the plain view has another length", List.of());
        check(PlainView.of(plain).equals(plain), "the plain view of a plain view is another", List.of());
        for (int i = 0; i < text.length(); i++) {
            char seen = PlainView.of(text.substring(i, i + 1)).charAt(0);
            check(seen == plain.charAt(i), "another character by itself at ", List.of(i));
            check(text.charAt(i) > '~' || seen == text.charAt(i), "ASCII was changed at ", List.of(i));
        }
    }
}
