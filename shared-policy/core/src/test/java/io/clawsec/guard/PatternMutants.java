package io.clawsec.guard;

import io.clawsec.guard.pattern.PatternRefusedException;
import io.clawsec.guard.pattern.PatternSet;
import io.clawsec.guard.pattern.PatternSpec;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a pattern becomes by one slip of its author: a class that lost or gained a character or is missing, a range that
 * ends one too early or too late, a count off by one, a character missing, a dot that lost its backslash.
 */
final class PatternMutants {

    private static final Pattern TOKEN = Pattern.compile(
            "(?<group>\\(\\?P<\\w+>|\\(\\?[ims]+:|\\(\\?[ims]+\\)|\\(\\?:|[()|^$])"
                    + "|(?<set>\\[\\^?\\]?(?:\\[:\\w+:\\]|\\\\.|[^\\]\\\\])*\\])"
                    + "|(?<escape>\\\\(?:x[0-9a-fA-F]{2}|x\\{\\w+\\}|p\\{\\w+\\}|.))"
                    + "|(?<count>\\{\\d+(?:,\\d*)?\\}\\??|[?*+]\\??)"
                    + "|(?<literal>.)",
            Pattern.DOTALL);
    private static final Pattern COUNT = Pattern.compile("\\{(\\d+)(,(\\d*))?\\}(\\??)");
    private static final Pattern ITEM =
            Pattern.compile("(?<low>\\\\x[0-9a-fA-F]{2}|\\\\.|[^\\\\])(?:-(?<high>\\\\.|[^\\]\\\\]))?", Pattern.DOTALL);
    /** A character that hardly any class has. */
    private static final char RARE = '~';

    /** A pattern with one change, and what the change was. */
    record Mutant(String regex, String change) {}

    private final String regex;
    private final Set<Mutant> mutants = new LinkedHashSet<>();

    private PatternMutants(String regex) {
        this.regex = regex;
    }

    /** Every mutant that is a pattern still. */
    static List<Mutant> of(String regex) {
        PatternMutants all = new PatternMutants(regex);
        all.collect();
        List<Mutant> valid = new ArrayList<>();
        for (Mutant mutant : all.mutants) {
            try {
                PatternSet.check(new PatternSpec("mutant", mutant.regex(), List.of(), List.of(), 256));
                valid.add(mutant);
            } catch (PatternRefusedException refused) {
                // no author could have loaded it
            }
        }
        return valid;
    }

    private void collect() {
        Matcher token = TOKEN.matcher(regex);
        int from = -1;
        int to = -1;
        while (token.find()) {
            if (token.group("count") != null) {
                dropped(from, token.end());
                from = -1;
                counts(token.start(), token.end());
                continue;
            }
            dropped(from, to);
            boolean taking = token.group("group") == null;
            from = taking ? token.start() : -1;
            to = token.end();
            if (token.group("set") != null) {
                set(token.start(), token.end());
            } else if (token.group("escape") != null) {
                escape(token.start(), token.end());
            } else if (token.group().startsWith("(?i")) {
                add(token.start(), token.end(), token.group().replace("i", "").replace("(?)", ""), "in one case only");
            }
        }
        dropped(from, to);
    }

    private void add(int from, int to, String replacement, String change) {
        String changed = regex.substring(0, from) + replacement + regex.substring(to);
        if (!changed.equals(regex)) {
            mutants.add(new Mutant(changed, regex.substring(from, to) + " " + change + " " + replacement));
        }
    }

    private void dropped(int from, int to) {
        if (from >= 0) {
            add(from, to, "", "dropped");
        }
    }

    private void counts(int from, int to) {
        String count = regex.substring(from, to);
        Matcher braces = COUNT.matcher(count);
        if (!braces.matches()) {
            String lazy = count.length() > 1 ? "?" : "";
            String more = count.charAt(0) == '*' ? "+" : count.charAt(0) == '+' ? "{2,}" : "";
            add(from, to, more + (more.isEmpty() ? "" : lazy), "needed once more");
            return;
        }
        int least = Integer.parseInt(braces.group(1));
        boolean range = braces.group(2) != null;
        String most = range ? braces.group(3) : "";
        for (int step : new int[] {-1, 1}) {
            String tail = "}" + braces.group(4);
            add(from, to, "{" + (least + step) + (range ? "," + most : "") + tail, "counted");
            if (range && !most.isEmpty()) {
                add(from, to, "{" + least + "," + (Integer.parseInt(most) + step) + tail, "counted");
            }
        }
    }

    private void escape(int from, int to) {
        char escaped = regex.charAt(from + 1);
        switch (escaped) {
            case '.' -> add(from, to, ".", "bare");
            case 's' -> add(from, to, "[ ]", "narrowed");
            case 'd' -> {
                add(from, to, "[1-9]", "narrowed");
                add(from, to, "[0-8]", "narrowed");
                add(from, to, "[0-:]", "widened");
            }
            default -> {
                // only dropped
            }
        }
    }

    private void set(int from, int to) {
        boolean negated = regex.charAt(from + 1) == '^';
        int body = from + (negated ? 2 : 1);
        Matcher item = ITEM.matcher(regex).region(body, to - 1);
        List<int[]> items = new ArrayList<>();
        while (item.lookingAt()) {
            items.add(new int[] {item.start(), item.end()});
            item.region(item.end(), to - 1);
        }
        items.forEach(one -> range(one, items));
        if (items.size() > 1) {
            items.forEach(one -> add(one[0], one[1], "", "dropped from its class"));
        }
        if (!contains(items, RARE)) {
            add(body, body, String.valueOf(RARE), "gained");
        }
    }

    /** Whether one of the class's items has the character; escapes are not looked into. */
    private boolean contains(List<int[]> items, char character) {
        for (int[] item : items) {
            char low = regex.charAt(item[0]);
            char high = regex.charAt(item[1] - 1);
            if (low <= character && character <= high && (item[1] - item[0] == 1 || regex.charAt(item[0] + 1) == '-')) {
                return true;
            }
        }
        return false;
    }

    /** One more or one fewer at either end; what another item of the class has anyway is no change. */
    private void range(int[] item, List<int[]> items) {
        if (item[1] - item[0] != 3 || regex.charAt(item[0] + 1) != '-') {
            return;
        }
        char low = regex.charAt(item[0]);
        char high = regex.charAt(item[1] - 1);
        bounds(item, (char) (low + 1), high);
        bounds(item, low, (char) (high - 1));
        if (!contains(items, (char) (low - 1))) {
            bounds(item, (char) (low - 1), high);
        }
        if (!contains(items, (char) (high + 1))) {
            bounds(item, low, (char) (high + 1));
        }
    }

    private void bounds(int[] item, char low, char high) {
        add(item[0], item[1], quoted(low) + "-" + quoted(high), "became");
    }

    private static String quoted(char character) {
        return Character.isLetterOrDigit(character) ? String.valueOf(character) : "\\" + character;
    }
}
