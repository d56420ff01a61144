package io.clawsec.guard;

import io.clawsec.guard.rule.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Looks for a text that a rule judges otherwise once a pattern is changed: by walks through the old pattern and the new
 * one, past the place of the change, with what may stand beside a match.
 *
 * <p>Some changes are none: a class may gain a sign that the validator refuses wherever it stands, a letter may be lost
 * that another alternative has. Whoever finds no difference in so many texts takes the change for such a one, provided
 * that the rule found enough of them: where a check digit makes nearly every text that can be made up a wrong one, a
 * search without a find says nothing.
 */
final class MutantSearch {

    /** Texts that are tried at least before a change counts as none, and those of them that the rule must have found. */
    private static final int ENOUGH_TRIED = 5_000;

    private static final int ENOUGH_FOUND = 100;
    /** Where the rule has found none by then, it will find too few. */
    private static final int MOST_TRIED_IN_VAIN = 20_000;

    private static final int MOST_TRIED = 200_000;

    private static final String BESIDE = "x7_-.~ \n+(";

    private final PatternJudge before;
    private final PatternJudge after;
    private final List<RegexWalk> walks;
    private final int place;
    private final Random random;

    MutantSearch(Rule rule, int pattern, PatternMutants.Mutant mutant, Random random) {
        String old = rule.patterns().get(pattern);
        List<String> patterns = new ArrayList<>(rule.patterns());
        patterns.set(pattern, mutant.regex());
        this.before = new PatternJudge(rule, rule.patterns());
        this.after = new PatternJudge(rule, patterns);
        this.walks = List.of(new RegexWalk(old), new RegexWalk(mutant.regex()));
        this.place = commonStart(old, mutant.regex());
        this.random = random;
    }

    private static int commonStart(String one, String other) {
        int at = 0;
        while (at < one.length() && at < other.length() && one.charAt(at) == other.charAt(at)) {
            at++;
        }
        return at;
    }

    /**
     * What came of a search.
     *
     * @param difference a text, as the unchanged rule judges it, that the changed one judges otherwise; null if none was
     *     found
     * @param isThorough whether enough was tried to take the change for none if there is no difference
     */
    record Result(@Nullable Sample difference, boolean isThorough) {}

    Result run() {
        int found = 0;
        for (int tried = 0; !isEnough(tried, found); tried++) {
            Sample judged = before.judged(text(tried));
            if (!judged.equals(after.judged(judged.text()))) {
                return new Result(judged, true);
            }
            found += judged.positive() ? 1 : 0;
        }
        return new Result(null, found >= ENOUGH_FOUND);
    }

    private static boolean isEnough(int tried, int found) {
        return tried >= MOST_TRIED
                || (tried >= ENOUGH_TRIED && found >= ENOUGH_FOUND)
                || (tried >= MOST_TRIED_IN_VAIN && found == 0);
    }

    private String text(int round) {
        String text = walks.get(round % 2).text(random, place - (random.nextInt(3) == 0 ? 1 : 0));
        return switch (round / 2 % 5) {
            case 0, 1 -> text;
            case 2 -> BESIDE.charAt(random.nextInt(BESIDE.length())) + text;
            case 3 -> text + BESIDE.charAt(random.nextInt(BESIDE.length()));
            default -> random.nextBoolean() ? text.toUpperCase(Locale.ROOT) : text.toLowerCase(Locale.ROOT);
        };
    }
}
