package io.clawsec.edge;

import java.util.List;

/** The environment cannot be served from; each problem tells an operator what to change and quotes no secret. */
public final class ConfigurationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    public ConfigurationException(List<String> problems) {
        super(String.join("; ", problems), null, false, false);
        this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
        return problems;
    }

    /** The problems that are somewhere among the causes of what was thrown at a start; empty when that was no such thing. */
    public static List<String> problemsIn(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConfigurationException configurationException) {
                return configurationException.problems();
            }
        }
        return List.of();
    }
}
