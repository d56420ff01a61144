package io.clawsec.cli.demo;

import java.util.ArrayList;
import java.util.List;

/** What one step has to show, and what was not as it should be. */
final class Notes {

    /**
     * One thing to show.
     *
     * @param label what it is; empty for a row of a table
     * @param text the thing
     */
    record Line(String label, String text) {}

    private final List<Line> lines = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private int status;

    /** Something to show. */
    void show(String label, String text) {
        lines.add(new Line(label, text));
    }

    /** Something that is wrong. */
    void problem(String sentence) {
        problems.add(sentence);
    }

    /** Something that must be so; the sentence says it as it should be. */
    void expect(boolean so, String sentence) {
        if (!so) {
            problems.add("expected that " + sentence);
        }
    }

    /** Notes an answer's status, and that it must be the given one. */
    void expectStatus(Answer answer, int expected) {
        status = answer.status();
        if (answer.status() != expected) {
            String code = answer.text("code");
            problems.add(
                    "expected status " + expected + ", got " + answer.status() + (code.isEmpty() ? "" : " " + code));
        }
    }

    /** The last answer's status; 0 if there was no answer. */
    int status() {
        return status;
    }

    List<Line> lines() {
        return List.copyOf(lines);
    }

    List<String> problems() {
        return List.copyOf(problems);
    }
}
