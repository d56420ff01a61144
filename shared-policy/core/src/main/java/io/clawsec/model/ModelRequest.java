package io.clawsec.model;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What a model is asked: messages that the guard has already passed.
 *
 * @param model the model's name; null: the backend's configured one
 * @param messages the conversation, oldest first, at least one
 * @param maxTokens how long the answer may be; empty: the backend's configured bound
 * @param temperature 0 to 2; empty: the backend's own default
 */
public record ModelRequest(
        @Nullable String model, List<Message> messages, OptionalInt maxTokens, OptionalDouble temperature) {

    public ModelRequest {
        messages = List.copyOf(messages);
        if (messages.isEmpty()) {
            throw new IllegalArgumentException("a model needs at least one message");
        }
    }
}
