package io.clawsec.model;

/** A model backend's key; confidential. */
public record ApiKey(String value) {

    /** Shows the length only. */
    @Override
    public String toString() {
        return "ApiKey[" + value.length() + " characters]";
    }
}
