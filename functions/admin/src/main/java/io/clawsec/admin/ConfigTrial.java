package io.clawsec.admin;

import io.clawsec.json.JsonObject;
import io.clawsec.model.LanguageModel;
import io.clawsec.model.Message;
import io.clawsec.model.ModelReply;
import io.clawsec.model.ModelRequest;
import io.clawsec.model.Prompt;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What became of one short question to the backend in force; what is said of its answer is from a closed list and never the
 * backend's.
 *
 * @param mode {@code mock} or {@code live}
 * @param message one sentence
 * @param failure how the backend failed; empty where it answered
 */
record ConfigTrial(String mode, String message, Optional<ModelReply.Failure> failure) {

    private static final Prompt QUESTION = new Prompt("Answer with the one word: ready");
    private static final int LONGEST_ANSWER_TOKENS = 16;

    /** Asks, and waits for the answer as long as the backend's time-out says. */
    static ConfigTrial of(LanguageModel backend) {
        if (!backend.live()) {
            return new ConfigTrial("mock", "No backend is configured; the built-in mock answers.", Optional.empty());
        }
        ModelRequest request = new ModelRequest(
                null,
                List.of(new Message(Message.Speaker.USER, QUESTION)),
                OptionalInt.of(LONGEST_ANSWER_TOKENS),
                OptionalDouble.empty());
        return backend.complete(request)
                .fold(
                        completed -> new ConfigTrial("live", "The backend answered.", Optional.empty()),
                        failed -> new ConfigTrial("live", message(failed.failure()), Optional.of(failed.failure())));
    }

    boolean succeeded() {
        return failure.isEmpty();
    }

    /** For the caller. */
    JsonObject told() {
        return new JsonObject().with("success", succeeded()).with("mode", mode).with("message", message);
    }

    private static String message(ModelReply.Failure failure) {
        return switch (failure) {
            case CONNECT -> "The backend could not be reached, or the connection broke.";
            case TIMEOUT -> "The backend did not answer in time.";
            case STATUS -> "The backend answered with an error; URL, key or model may be wrong.";
            case TOO_LARGE -> "The backend's answer is longer than the bound.";
            case MALFORMED -> "The backend's answer is not a chat completion.";
        };
    }
}
