package io.clawsec.bench;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What {@code java.util.regex} makes of texts that it may not come to an end with: tried once each, with a deadline. */
final class Backtracking {

    private static final long MAX_SECONDS = 10;
    /** Up to here a text can be measured as often as the others. */
    private static final long MAX_MEASURED_MILLIS = 1_500;

    private final OneByOne patterns;
    private final Map<String, String> outcomes = new TreeMap<>();

    Backtracking(OneByOne patterns) {
        this.patterns = patterns;
    }

    /** Whether the text is worth measuring; if not, {@link #outcome} says how it went. */
    boolean isMeasurable(String name, String text) {
        long start = System.nanoTime();
        try {
            patterns.scan(text, new TimedText(text, start + MAX_SECONDS * 1_000_000_000L));
        } catch (TimedText.LateException late) {
            outcomes.put(name, "> " + MAX_SECONDS + " s");
            return false;
        } catch (StackOverflowError deep) {
            outcomes.put(name, "stack overflow");
            return false;
        }
        double micros = (System.nanoTime() - start) / 1e3;
        outcomes.put(name, String.format(Locale.ROOT, "%.0f, once", micros));
        return micros < MAX_MEASURED_MILLIS * 1e3;
    }

    String outcome(String name) {
        return outcomes.getOrDefault(name, "");
    }
}
