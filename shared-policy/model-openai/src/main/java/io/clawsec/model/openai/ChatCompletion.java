package io.clawsec.model.openai;

import io.clawsec.json.Json;
import io.clawsec.json.MalformedJsonException;
import io.clawsec.model.Completion;
import io.clawsec.model.Message;
import io.clawsec.model.ModelReply;
import io.clawsec.model.ModelReply.Completed;
import io.clawsec.model.ModelReply.Failed;
import io.clawsec.model.ModelReply.Failure;
import io.clawsec.model.ModelRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * OpenAI's chat-completion protocol: how a request is written and an answer read.
 *
 * <p>Backends add fields of their own, so unknown ones are passed over; what is used must be exactly what it should be.
 */
final class ChatCompletion {

    /** How much of a backend's name for its model is kept. */
    private static final int LONGEST_MODEL = 128;

    /** More tokens than any answer within the bounds could have; a backend that claims more miscounts. */
    private static final long MOST_TOKENS = 100_000_000;

    private ChatCompletion() {}

    /** The body of a request, in UTF-8. */
    static byte[] request(ModelRequest request, OpenAiSettings settings) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("model", model(request, settings));
        body.put(
                "messages",
                request.messages().stream().map(ChatCompletion::message).toList());
        body.put("max_tokens", request.maxTokens().orElse(settings.maxTokens()));
        request.temperature().ifPresent(temperature -> body.put("temperature", temperature));
        return Json.write(body);
    }

    private static Map<String, String> message(Message message) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("role", message.speaker().name().toLowerCase(Locale.ROOT));
        fields.put("content", message.prompt().text());
        return fields;
    }

    /** The model that a request is for. */
    static String model(ModelRequest request, OpenAiSettings settings) {
        String named = request.model();
        return named == null ? settings.model() : named;
    }

    /** What an answer says; an answer without text in it, a tool call or a refusal, is malformed. */
    static ModelReply reply(byte[] body, String askedModel) {
        try {
            Map<String, @Nullable Object> answer = Json.parseObject(body);
            if (answer.get("choices") instanceof List<?> choices
                    && !choices.isEmpty()
                    && choices.get(0) instanceof Map<?, ?> choice
                    && choice.get("message") instanceof Map<?, ?> message
                    && message.get("content") instanceof String content) {
                Map<?, ?> usage = answer.get("usage") instanceof Map<?, ?> counts ? counts : Map.of();
                return new Completed(
                        new Completion(content),
                        modelName(answer.get("model"), askedModel),
                        tokens(usage.get("prompt_tokens")),
                        tokens(usage.get("completion_tokens")));
            }
        } catch (MalformedJsonException e) {
            // The same as JSON of another shape.
        }
        return new Failed(Failure.MALFORMED);
    }

    private static long tokens(@Nullable Object count) {
        return count instanceof Long tokens ? Math.max(0, Math.min(tokens, MOST_TOKENS)) : 0;
    }

    /** The backend's word, fit for headers, labels and logs; the name that was asked for where it gives none. */
    private static String modelName(@Nullable Object named, String askedModel) {
        String clean = cleaned(named instanceof String name ? name : "");
        return clean.isBlank() ? cleaned(askedModel) : clean;
    }

    private static String cleaned(String name) {
        StringBuilder clean = new StringBuilder();
        name.codePoints()
                .filter(point -> !Character.isISOControl(point))
                .takeWhile(point -> clean.length() + Character.charCount(point) <= LONGEST_MODEL)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }
}
