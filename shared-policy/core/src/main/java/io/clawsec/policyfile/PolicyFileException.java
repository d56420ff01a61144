package io.clawsec.policyfile;

import java.util.List;

/** The policy files cannot be used; every reason is listed, each as {@code file:line: reason}. */
public final class PolicyFileException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final List<String> errors;

    PolicyFileException(List<String> errors) {
        super(String.join(System.lineSeparator(), errors));
        this.errors = List.copyOf(errors);
    }

    /** The reasons, in the order of the files and their lines. */
    public List<String> errors() {
        return errors;
    }
}
