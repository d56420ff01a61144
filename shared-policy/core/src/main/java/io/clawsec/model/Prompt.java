package io.clawsec.model;

/** Text that goes to a model; confidential. */
public record Prompt(String text) {

    /** Shows the length only. */
    @Override
    public String toString() {
        return "Prompt[" + text.length() + " characters]";
    }
}
