package io.clawsec.cli.demo;

import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;

/** Where the demonstration is read: colours on a terminal, plain text in a pipe, the same words in both. */
public final class Screen {

    private static final String GREEN = "\u001b[32m";
    private static final String RED = "\u001b[31m";
    private static final String FAINT = "\u001b[2m";
    private static final String BOLD = "\u001b[1m";
    private static final String RESET = "\u001b[0m";

    /** Longer things are cut, so that a line stays a line. */
    private static final int LONGEST_TEXT = 160;

    private final PrintStream out;
    private final boolean colours;

    Screen(PrintStream out, boolean colours) {
        this.out = out;
        this.colours = colours;
    }

    /** A screen with colours if the launcher says that it is a terminal and nobody objects (no-color.org). */
    public static Screen of(PrintStream out) {
        Map<String, String> environment = System.getenv();
        boolean wanted = environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "dumb").equals("dumb");
        return new Screen(out, wanted && Boolean.getBoolean("clawsec.terminal"));
    }

    void say(String text) {
        out.println(text);
    }

    void heading(String text) {
        out.println(painted(BOLD, text));
        out.println();
    }

    /** A step's one line and, below it, what it has to show. */
    void step(String title, Notes notes) {
        boolean good = notes.problems().isEmpty();
        String mark = good ? painted(GREEN, "✓") : painted(RED, "✗");
        String status = notes.status() == 0 ? "---" : String.format(Locale.ROOT, "%3d", notes.status());
        out.println(mark + " " + painted(BOLD, status) + "  " + title);
        for (Notes.Line line : notes.lines()) {
            String label = line.label().isEmpty() ? "" : String.format(Locale.ROOT, "%-17s", line.label());
            out.println("       " + painted(FAINT, label) + shown(line.text()));
        }
        for (String problem : notes.problems()) {
            out.println("       " + painted(RED, "wrong: " + shown(problem)));
        }
    }

    void summary(boolean good, String text) {
        out.println();
        out.println(painted(good ? GREEN : RED, text));
    }

    private String painted(String colour, String text) {
        return colours && !text.isEmpty() ? colour + text + RESET : text;
    }

    /** Without control characters, which could move the cursor, and not too long. */
    private static String shown(String text) {
        String clean = text.replaceAll("\\p{Cntrl}", " ");
        if (clean.codePointCount(0, clean.length()) <= LONGEST_TEXT) {
            return clean;
        }
        return clean.substring(0, clean.offsetByCodePoints(0, LONGEST_TEXT)) + "…";
    }
}
