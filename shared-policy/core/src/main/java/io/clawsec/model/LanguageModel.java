package io.clawsec.model;

/** A model backend. Implementations are safe for use by many threads and bound their time and memory themselves. */
public interface LanguageModel {

    /** Completes a conversation; a failing backend is {@link ModelReply.Failed}, never an exception. */
    ModelReply complete(ModelRequest request);

    /** The configured model's name, such as {@code mock}. */
    String name();

    /** Whether a real backend stands behind it; false for the built-in mock. */
    boolean live();
}
