package io.clawsec.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The description of a format, from which values are made that have it and values that miss it by a hair. It is
 * written from the vendor's words and knows nothing of the rule's pattern.
 *
 * <p>Parts with spaces between: {@code =text} stands for itself ({@code \s}, {@code \n}, {@code \p}: space, line end,
 * bar); {@code w*20}, {@code w*4-8}, {@code w*20+} are so many characters of a {@link SampleAlphabet}; {@code uuid} and
 * the like are {@link CheckedSamples}; {@code @vendor} is a vendor's name as a variable with what assigns to it;
 * {@code <} and {@code >} enclose the span where it is not all; {@code ^} and {@code $} say that no letter or digit may
 * stand before or behind; {@code !} at the end, that near misses are not known; {@code ?}, that not every value of the
 * form is one that a rule must take.
 */
final class SampleFormat {

    private static final Pattern RUN = Pattern.compile("(.+)\\*(\\d+)(?:-(\\d+)|(\\+))?");
    private static final String UUID = "h*8 =- h*4 =- h*4 =- h*4 =- h*12";
    /** By how much a run without an upper bound may pass its lower one in a sample. */
    private static final int SLACK = 7;
    /** Enough for each character of the largest alphabet to come in a part that is one character long. */
    private static final int POSITIVES = 72;

    /** A part of the format. */
    private sealed interface Part {}

    private record Text(String text) implements Part {}

    /** So many characters of an alphabet; a greatest of -1 is none. */
    private record Run(SampleAlphabet alphabet, int least, int most) implements Part {
        int longest() {
            return most < 0 ? least + SLACK : most;
        }
    }

    private record Checked(String kind) implements Part {}

    /** How one run departs from the description. */
    private record Fault(int part, int length, int at, char character) {}

    private final List<Part> parts = new ArrayList<>();
    private int valueFrom;
    private int valueTo = -1;
    private boolean aloneBefore;
    private boolean aloneBehind;
    private boolean nearMissesKnown = true;
    private boolean typical = true;
    private String vendor = "";

    private final Random random;
    private final CheckedSamples checked;
    private final List<SampleAlphabet.Deck> decks = new ArrayList<>();

    SampleFormat(String description, Random random) {
        this.random = random;
        this.checked = new CheckedSamples(random);
        for (String token : description.trim().replace("uuid", UUID).split(" +", -1)) {
            part(token);
        }
        valueTo = valueTo < 0 ? parts.size() : valueTo;
        for (Part part : parts) {
            decks.add((part instanceof Run run ? run.alphabet() : SampleAlphabet.of("e")).new Deck(random));
        }
    }

    private void part(String token) {
        Matcher run = RUN.matcher(token);
        if (token.startsWith("=")) {
            parts.add(new Text(
                    token.substring(1).replace("\\s", " ").replace("\\n", "\n").replace("\\p", "|")));
        } else if (token.startsWith("@")) {
            vendor = token.substring(1);
        } else if (token.equals("<")) {
            valueFrom = parts.size();
        } else if (token.equals(">")) {
            valueTo = parts.size();
        } else if (token.equals("^")) {
            aloneBefore = true;
        } else if (token.equals("$")) {
            aloneBehind = true;
        } else if (token.equals("!")) {
            nearMissesKnown = false;
        } else if (token.equals("?")) {
            typical = false;
        } else if (run.matches()) {
            int least = Integer.parseInt(run.group(2));
            int most = run.group(4) != null ? -1 : run.group(3) == null ? least : Integer.parseInt(run.group(3));
            parts.add(new Run(SampleAlphabet.of(run.group(1)), least, most));
        } else {
            parts.add(new Checked(token));
        }
    }

    /** Whether a rule must find every value. */
    boolean typical() {
        return typical;
    }

    /** The vendor whose name must stand before the value; empty where none need. */
    String vendor() {
        return vendor;
    }

    /** A value of random lengths. */
    Sample next() {
        return render(-1, null);
    }

    /** Values at all lengths' ends with every character, and in surroundings that must not matter. */
    List<Sample> positives() {
        List<Sample> samples = new ArrayList<>();
        for (int round = 0; round < POSITIVES; round++) {
            samples.add(inContext(render(round % 4, null)));
        }
        for (char behind : "/:@[`{~.! \n\"".toCharArray()) {
            if (nearMissesKnown && !takes(behind) && parts.size() == valueTo) {
                samples.add(inContext(render(0, null)).within("", behind + "x"));
            }
        }
        if (nearMissesKnown) {
            samples.add(inContext(render(0, null)).within("\"", ""));
        }
        if (nearMissesKnown && !aloneBehind && parts.size() == valueTo) {
            overruns(samples);
        }
        if (!vendor.isEmpty()) {
            samples.addAll(new ContextForms(vendor, random).positives(this::next));
        }
        return samples;
    }

    /** Values at their longest with more of the same behind, which is no part of them. */
    private void overruns(List<Sample> samples) {
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i) instanceof Run run && run.most() > 0 && mayBeLast(i)) {
                for (char more : run.alphabet().ends()) {
                    Fault longest = new Fault(i, run.most(), -1, ' ');
                    samples.add(inContext(render(0, longest)).within("", String.valueOf(more)));
                }
            }
        }
    }

    /** Whether one of the last parts may go on with the character. */
    private boolean takes(char character) {
        for (int i = Math.max(0, parts.size() - 2); i < parts.size(); i++) {
            if (parts.get(i) instanceof Run run && run.alphabet().contains(character)) {
                return true;
            }
        }
        return false;
    }

    /** What misses the format by one character, one length, or what stands beside it. */
    List<Sample> nearMisses() {
        List<Sample> misses = new ArrayList<>();
        if (!nearMissesKnown) {
            return misses;
        }
        for (int i = 0; i < valueTo; i++) {
            if (parts.get(i) instanceof Run run) {
                nearMisses(i, run, misses);
            } else if (parts.get(i) instanceof Text text) {
                nearMisses(i, text, misses);
            }
        }
        if (aloneBehind) {
            nearMissesBehind(misses);
        }
        if (aloneBefore) {
            for (char before : "azAZ09_".toCharArray()) {
                if (!(parts.get(0) instanceof Run run && run.alphabet().contains(before))) {
                    misses.add(Sample.nothingIn(before + render(0, null).text()));
                }
            }
        }
        if (!vendor.isEmpty()) {
            misses.addAll(new ContextForms(vendor, random).nearMisses(this::next));
        }
        return misses;
    }

    /** Another character for a dot, and the text without its first. */
    private void nearMisses(int part, Text literal, List<Sample> misses) {
        List<String> wrong = new ArrayList<>();
        for (int dot = literal.text().indexOf('.');
                dot >= 0;
                dot = literal.text().indexOf('.', dot + 1)) {
            wrong.add(literal.text().substring(0, dot) + ',' + literal.text().substring(dot + 1));
        }
        if (part == 0 && vendor.isEmpty()) {
            wrong.add(literal.text().substring(1));
        }
        for (String text : wrong) {
            parts.set(part, new Text(text));
            misses.add(Sample.nothingIn(inContext(render(1, null)).text()));
        }
        parts.set(part, literal);
    }

    private void nearMissesBehind(List<Sample> misses) {
        Sample whole = inContext(render(0, null));
        if (parts.size() > valueTo) {
            misses.add(Sample.nothingIn(whole.text().substring(0, whole.end())));
        } else if (!(parts.get(valueTo - 1) instanceof Run run)
                || (!run.alphabet().contains('_')
                        && !run.alphabet().contains('+')
                        && !run.alphabet().contains('='))) {
            misses.add(Sample.nothingIn(whole.text() + "_"));
        }
    }

    private void nearMisses(int part, Run run, List<Sample> misses) {
        if (run.least() > 0) {
            miss(misses, new Fault(part, run.least() - 1, -1, ' '));
        }
        boolean mayBeLast = mayBeLast(part);
        boolean free = mayBeLast && !aloneBehind;
        for (char stranger : run.alphabet().strangers()) {
            int length = Math.max(1, run.least());
            if (run.least() > 0 || !mayBeLast) {
                miss(misses, new Fault(part, length, length / 2, stranger));
            }
        }
        boolean first = part == 0 && !aloneBefore && vendor.isEmpty();
        if (run.most() > 0 && !free && !first) {
            for (char more : run.alphabet().ends()) {
                miss(misses, new Fault(part, run.most() + 1, run.most(), more));
            }
        }
    }

    /** Whether what follows the part in the value may be missing. */
    private boolean mayBeLast(int part) {
        boolean last = true;
        for (int i = part + 1; i < valueTo; i++) {
            last &= parts.get(i) instanceof Run run && run.least() == 0;
        }
        return last;
    }

    private void miss(List<Sample> misses, Fault fault) {
        misses.add(Sample.nothingIn(inContext(render(0, fault)).text()));
    }

    private Sample inContext(Sample sample) {
        return vendor.isEmpty() ? sample : sample.within(vendor + (random.nextBoolean() ? "_key=" : "="), "");
    }

    /**
     * One sample.
     *
     * @param lengths 0: the least of every run, 1: the greatest, else random
     */
    private Sample render(int lengths, @Nullable Fault fault) {
        StringBuilder text = new StringBuilder();
        int start = 0;
        int end = -1;
        for (int i = 0; i < parts.size(); i++) {
            start = i == valueFrom ? text.length() : start;
            end = i == valueTo ? text.length() : end;
            Part part = parts.get(i);
            if (part instanceof Text literal) {
                text.append(literal.text());
            } else if (part instanceof Checked value) {
                text.append(checked.value(value.kind(), text.substring(start)));
            } else {
                run(text, i, (Run) part, lengths, fault);
            }
        }
        return new Sample(text.toString(), start, end < 0 ? text.length() : end);
    }

    private void run(StringBuilder text, int part, Run run, int lengths, @Nullable Fault fault) {
        Fault here = fault != null && fault.part() == part ? fault : null;
        int length = here != null ? here.length() : length(run, lengths);
        for (int i = 0; i < length; i++) {
            char next = decks.get(part).next();
            text.append(here != null && here.at() == i ? here.character() : next);
        }
    }

    private int length(Run run, int lengths) {
        return switch (lengths) {
            case 0 -> run.least();
            case 1 -> run.longest();
            default -> run.least() + random.nextInt(run.longest() - run.least() + 1);
        };
    }
}
