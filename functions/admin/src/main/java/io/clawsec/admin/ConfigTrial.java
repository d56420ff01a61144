package io.clawsec.admin;

import io.clawsec.json.JsonObject;
import io.clawsec.model.LanguageModel;
import io.clawsec.model.Message;
import io.clawsec.model.ModelReply;
import io.clawsec.model.ModelRequest;
import io.clawsec.model.Prompt;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** One short question to the backend in force; what is said of its answer is from a closed list and never the backend's. */
final class ConfigTrial {

    private static final Prompt QUESTION = new Prompt("Answer with the one word: ready");
    private static final int LONGEST_ANSWER_TOKENS = 16;

    private ConfigTrial() {}

    static JsonObject of(LanguageModel backend) {
        if (!backend.live()) {
            return result(true, "mock", "No backend is configured; the built-in mock answers.");
        }
        ModelRequest request = new ModelRequest(
                null,
                List.of(new Message(Message.Speaker.USER, QUESTION)),
                OptionalInt.of(LONGEST_ANSWER_TOKENS),
                OptionalDouble.empty());
        return backend.complete(request)
                .fold(
                        completed -> result(true, "live", "The backend answered."),
                        failed -> result(false, "live", message(failed.failure())));
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

    private static JsonObject result(boolean success, String mode, String message) {
        return new JsonObject().with("success", success).with("mode", mode).with("message", message);
    }
}
