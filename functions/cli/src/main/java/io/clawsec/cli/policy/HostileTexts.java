package io.clawsec.cli.policy;

import io.clawsec.guard.rule.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Texts that are made to cost a guard much: what nearly matches, over and over, and what looks like everything. */
final class HostileTexts {

    /** The same on every machine and at every run. */
    private static final long SEED = 20_260_301;

    private static final String BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    private static final String HEX = "0123456789abcdef";
    private static final String SIGNS = " \n\t.,;:!?@#$%&*()[]{}<>/\\|-_=+'\"`~^";

    /** What runs, repeats and beginnings of matches are made of. */
    private static final List<String> REPEATED = List.of(
            "a",
            "A1",
            "0",
            "1 ",
            "1-",
            "a@",
            "a.b@",
            "://",
            "(",
            "{\"a\":",
            "eyJ",
            "sk-",
            "AKIA",
            "Bearer ",
            "-----BEGIN ",
            "password=",
            "ignore all ",
            "ignore previous previous ",
            "\u00e9",
            "\uff11",
            "\ud83d\ude00",
            "\u200b",
            "\n");

    private HostileTexts() {}

    /**
     * One text.
     *
     * @param name what it is made of, for people
     */
    record Hostile(String name, String text) {}

    /** Texts that no rule in particular is meant by. */
    static List<Hostile> ofAnything(int length) {
        List<Hostile> texts = new ArrayList<>();
        Random random = new Random(SEED);
        texts.add(new Hostile("random base64", drawn(BASE64, length, random)));
        texts.add(new Hostile("random hex", drawn(HEX, length, random)));
        texts.add(new Hostile("random signs", drawn(SIGNS, length, random)));
        texts.add(new Hostile("random everything", drawn(BASE64 + SIGNS, length, random)));
        for (String unit : REPEATED) {
            texts.add(new Hostile("repeated: " + unit.strip(), repeated(unit, length)));
        }
        return texts;
    }

    /** Texts that are meant for one rule: its keywords, its examples, and its examples without their ends. */
    static List<Hostile> of(Rule rule, int length) {
        List<Hostile> texts = new ArrayList<>();
        List<String> matches = rule.examples().match();
        texts.add(new Hostile("examples of " + rule.id(), repeated(String.join(" ", matches) + " ", length)));
        texts.add(new Hostile("near misses of " + rule.id(), repeated(nearMisses(matches), length)));
        if (!rule.keywords().isEmpty()) {
            texts.add(new Hostile("keywords of " + rule.id(), repeated(String.join("", rule.keywords()), length)));
        }
        return texts;
    }

    /** Texts that are meant for all rules at once. */
    static List<Hostile> ofAll(List<Rule> rules, int length) {
        StringBuilder matches = new StringBuilder();
        StringBuilder misses = new StringBuilder();
        for (Rule rule : rules) {
            matches.append(rule.examples().match().get(0)).append(' ');
            misses.append(nearMisses(rule.examples().match().subList(0, 1)));
        }
        return List.of(
                new Hostile("an example of every rule", repeated(matches.toString(), length)),
                new Hostile("a near miss of every rule", repeated(misses.toString(), length)));
    }

    private static String nearMisses(List<String> matches) {
        StringBuilder unit = new StringBuilder();
        for (String match : matches) {
            int end = match.offsetByCodePoints(match.length(), match.isEmpty() ? 0 : -1);
            unit.append(match, 0, end).append('\u0001');
        }
        return unit.toString();
    }

    private static String repeated(String unit, int length) {
        String filled = unit.isEmpty() ? " " : unit;
        return filled.repeat(length / filled.length() + 1).substring(0, length);
    }

    private static String drawn(String alphabet, int length, Random random) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
