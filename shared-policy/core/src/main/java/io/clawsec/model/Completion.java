package io.clawsec.model;

/** Text that a model answered; confidential. */
public record Completion(String text) {

    /** Shows the length only. */
    @Override
    public String toString() {
        return "Completion[" + text.length() + " characters]";
    }
}
