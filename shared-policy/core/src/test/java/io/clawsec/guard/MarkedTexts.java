package io.clawsec.guard;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A table of texts by rule, one a line under the rule's name in brackets: what the rule must find stands in angle quotes,
 * and where none do it must find nothing. {@code \n} is a line break, {@code \t} a tab, {@code \s} a blank at an end,
 * {@code \\} a backslash.
 */
final class MarkedTexts {

    private static final char OPEN = '\u00AB';
    private static final char CLOSE = '\u00BB';

    private MarkedTexts() {}

    static Map<String, List<Sample>> read(String resource) {
        Map<String, List<Sample>> texts = new LinkedHashMap<>();
        List<Sample> current = new ArrayList<>();
        for (String line : lines(resource)) {
            if (line.matches("\\[[a-z0-9-]+]")) {
                current = texts.computeIfAbsent(line.substring(1, line.length() - 1), rule -> new ArrayList<>());
            } else if (!line.isEmpty() && !line.startsWith("# ")) {
                current.add(sample(unescaped(line)));
            }
        }
        return texts;
    }

    private static List<String> lines(String resource) {
        try (InputStream in = Objects.requireNonNull(MarkedTexts.class.getResourceAsStream(resource), resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Sample sample(String line) {
        int open = line.indexOf(OPEN);
        int close = line.lastIndexOf(CLOSE);
        return open < 0 || close < open
                ? Sample.nothingIn(line)
                : new Sample(
                        line.substring(0, open) + line.substring(open + 1, close) + line.substring(close + 1),
                        open,
                        close - 1);
    }

    /** The line of the table that is read as the sample. */
    static String line(Sample sample) {
        String text = sample.text();
        String marked = sample.positive()
                ? text.substring(0, sample.start())
                        + OPEN
                        + text.substring(sample.start(), sample.end())
                        + CLOSE
                        + text.substring(sample.end())
                : text;
        return marked.replace("\\", "\\\\")
                .replace("\n", "\\n")
                .replace("\t", "\\t")
                .replaceAll("^ | $", "\\\\s");
    }

    private static String unescaped(String line) {
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < line.length(); at++) {
            char character = line.charAt(at);
            if (character == '\\') {
                at++;
                character = switch (line.charAt(at)) {
                    case 'n' -> '\n';
                    case 't' -> '\t';
                    case 's' -> ' ';
                    default -> line.charAt(at);
                };
            }
            text.append(character);
        }
        return text.toString();
    }
}
