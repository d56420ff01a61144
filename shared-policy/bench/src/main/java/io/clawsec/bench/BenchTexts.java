package io.clawsec.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The texts that are measured, by name; made from a fixed seed, and the harmless ones from a file where one is given. */
final class BenchTexts {

    /** The system property that names a file of UTF-8 prose to take the harmless texts from. */
    static final String PROSE = "clawsec.bench.prose";

    /** The system property that names a {@link BenchCorpus} to take them from instead. */
    static final String CORPUS = "clawsec.bench.corpus";

    static final String LONG_BENIGN = "benign 32768";
    private static final String BENIGN = "benign ";
    static final String HOSTILE = "hostile ";

    private static final int LONG = 32_768;
    private static final List<String> WORDS = List.of(
            ("the of and to a in is you that it he was for on are with as i his they be at one have this from or had by"
                            + " hot word but what some we can out other were all there when up use your how said an each she"
                            + " which do their time if will way about many then them write would like so these her long make"
                            + " thing see him two has look more day could go come did number sound no most people my over"
                            + " know water than call first who may down side been now find any new work part take get place"
                            + " made live where after back little only round man year came show every good me give our under"
                            + " name very through just form sentence great think say help low line differ turn cause much"
                            + " mean before move right boy old too same tell does set three want air well also play small"
                            + " end put home read hand port large spell add even land here must big high such follow act why"
                            + " ask men change went light kind off need house picture try us again animal point mother world"
                            + " near build self earth father system prompt function returns array sort python java server"
                            + " request table customer order invoice report summary translate explain instructions rules")
                    .split(" "));

    private final Random random = new Random(4_096);

    static Map<String, String> all() {
        BenchTexts texts = new BenchTexts();
        Map<String, String> all = new LinkedHashMap<>();
        String prose = texts.prose(LONG);
        for (int length : new int[] {100, 1_024, 8_192, LONG}) {
            all.put(BENIGN + length, prose.substring(0, length));
        }
        all.put("personal data 1024", texts.personal(1_024));
        all.put("personal data 32768", texts.personal(LONG));
        all.put("non-ASCII 1024", texts.accented(1_024));
        all.put("non-ASCII 32768", texts.accented(LONG));
        HostileTexts.all(texts.random, LONG).forEach((name, text) -> all.put(HOSTILE + name, text));
        return all;
    }

    /** One of them. */
    static String named(String name) {
        String text = all().get(name);
        if (text == null) {
            throw new IllegalArgumentException("no text is named " + name);
        }
        return text;
    }

    /**
     * What is measured under a name: the text; of the shorter harmless ones all the pieces of the longest. A processor learns
     * the turns of one short text by heart, and one may be cheaper than the next, so that the growth from it to the longest
     * would tell of neither.
     */
    static List<String> inTurn(String name) {
        String text = named(name);
        if (!name.startsWith(BENIGN)) {
            return List.of(text);
        }
        String longest = named(LONG_BENIGN);
        List<String> pieces = new ArrayList<>();
        for (int end = text.length(); end <= longest.length(); end += text.length()) {
            pieces.add(longest.substring(end - text.length(), end));
        }
        return pieces;
    }

    private String prose(int length) {
        String corpus = System.getProperty(CORPUS);
        String file = corpus == null ? System.getProperty(PROSE) : corpus;
        if (file == null) {
            return sentences(length);
        }
        try {
            String prose = corpus == null ? Files.readString(Path.of(file)) : BenchCorpus.prose(Path.of(file), length);
            if (prose.length() < length) {
                throw new IllegalArgumentException(file + " has fewer than " + length + " harmless characters");
            }
            return prose;
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + file, unreadable);
        }
    }

    private String sentences(int length) {
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            int words = 4 + random.nextInt(16);
            for (int i = 0; i < words; i++) {
                String word = WORDS.get(random.nextInt(WORDS.size()));
                text.append(i == 0 ? Character.toUpperCase(word.charAt(0)) + word.substring(1) : word);
                text.append(i == words - 1 ? "" : random.nextInt(12) == 0 ? ", " : " ");
            }
            text.append(random.nextInt(5) == 0 ? "?" : ".");
            text.append(random.nextInt(6) == 0 ? "\n\n" : " ");
            if (random.nextInt(8) == 0) {
                text.append("In ")
                        .append(1_900 + random.nextInt(130))
                        .append(", ")
                        .append(random.nextInt(9_999));
                text.append(" items. ");
            }
        }
        return text.substring(0, length);
    }

    private String personal(int length) {
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            text.append("Write to jane.doe").append(random.nextInt(1_000)).append("@example.com or call (212) 555-01");
            text.append(10 + random.nextInt(90)).append("; card 4111 1111 1111 1111, SSN 536-22-87");
            text.append(10 + random.nextInt(90))
                    .append(", host 203.0.113.")
                    .append(random.nextInt(250))
                    .append(". ");
        }
        return text.substring(0, length);
    }

    private String accented(int length) {
        String words = "stra\u00DFe gr\u00FC\u00DFe \u0434\u043E\u043A\u0443\u043C\u0435\u043D\u0442 \u043F\u0440\u0438"
                + "\u0432\u0435\u0442 \u03BA\u03CC\u03C3\u03BC\u03BF\u03C2 \u6587\u66F8 \u4F60\u597D \u00E9t\u00E9 na\u00EFve"
                + " \u0645\u0631\u062D\u0628\u0627 \uC548\uB155 ma\u00F1ana";
        return words(words).substring(0, length);
    }

    private String words(String words) {
        String[] all = words.split(" ", -1);
        StringBuilder text = new StringBuilder();
        while (text.length() < LONG) {
            text.append(all[random.nextInt(all.length)]).append(' ');
        }
        return text.toString();
    }
}
