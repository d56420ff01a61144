package io.clawsec.model;

/**
 * One turn of a conversation.
 *
 * @param speaker who says it
 * @param prompt what is said
 */
public record Message(Speaker speaker, Prompt prompt) {

    /** Who says a message. */
    public enum Speaker {
        SYSTEM,
        USER,
        ASSISTANT
    }
}
