package io.clawsec.policyfile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.yaml.snakeyaml.nodes.Node;

/** Collects what is wrong with one file, so that its author sees all of it at once. */
final class PolicyErrors {

    /** A file that is wrong in more places than this is the wrong file. */
    private static final int MAX_ERRORS = 50;

    private record At(int line, String reason) {}

    private final String file;
    private final boolean quoting;
    private final List<At> errors = new ArrayList<>();

    /** Errors of a file, which the operator reads where the file is. */
    PolicyErrors(String file) {
        this(file, true);
    }

    /**
     * Errors of a file.
     *
     * @param quoting whether they may repeat what the author wrote; no response does
     */
    PolicyErrors(String file, boolean quoting) {
        this.file = file;
        this.quoting = quoting;
    }

    /** What the author wrote, or what stands for it where nothing is repeated. */
    String quoted(String authors) {
        return quoting ? authors : "…";
    }

    void add(Node node, String reason) {
        add(node.getStartMark().getLine() + 1, reason);
    }

    /** Adds an error at a line, the first being 1. */
    void add(int line, String reason) {
        if (errors.size() < MAX_ERRORS) {
            errors.add(new At(line, reason));
        }
    }

    /** Each as {@code file:line: reason}, by line. */
    List<String> list() {
        if (errors.isEmpty()) {
            return List.of();
        }
        return errors.stream()
                .sorted(Comparator.comparingInt(At::line))
                .map(error -> file + ":" + error.line() + ": " + error.reason())
                .toList();
    }
}
