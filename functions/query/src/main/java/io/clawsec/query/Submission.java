package io.clawsec.query;

import io.clawsec.call.Body;
import io.clawsec.call.Refusal;
import io.clawsec.guard.GuardedText;
import io.clawsec.guard.Redaction;
import io.clawsec.json.Json;
import io.clawsec.json.JsonFields;
import io.clawsec.json.JsonObject;
import io.clawsec.json.MalformedJsonException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /guard}: of the right shape, not yet guarded.
 *
 * @param texts one, or the content of each message; confidential
 * @param speakers the role of each message; null where there was one text and no messages
 * @param pass which way the texts go
 */
record Submission(List<GuardedText> texts, @Nullable List<String> speakers, GuardPass pass) {

    /** Messages of one submission. */
    static final int MOST_MESSAGES = 256;

    private static final String TEXT = "text";
    private static final String MESSAGES = "messages";
    private static final String DIRECTION = "direction";
    private static final String ROLE = "role";
    private static final String CONTENT = "content";
    private static final Set<String> SPEAKERS = Set.of("system", "developer", "user", "assistant", "tool");

    Submission {
        texts = List.copyOf(texts);
    }

    /** Reads a body and goes on with the submission, or with the refusal of what is wrong with it. */
    static <T> T read(Body body, Function<Submission, T> submission, Function<Refusal, T> refusal) {
        return body.fold(
                json -> read(json.utf8(), submission, refusal), unacceptable -> refusal.apply(unacceptable.refusal()));
    }

    private static <T> T read(byte[] utf8, Function<Submission, T> submission, Function<Refusal, T> refusal) {
        JsonFields fields;
        try {
            fields = new JsonFields(Json.parseObject(utf8));
        } catch (MalformedJsonException e) {
            return refusal.apply(new Refusal(Refusal.Code.INVALID_JSON, "The body is not a JSON object in UTF-8."));
        }
        GuardPass pass = pass(fields);
        String text = fields.optionalText(TEXT);
        List<?> messages = fields.optionalList(MESSAGES, 1, MOST_MESSAGES);
        List<GuardedText> texts = new ArrayList<>();
        List<String> speakers = messages == null ? null : new ArrayList<>();
        if (text != null) {
            texts.add(new GuardedText(TEXT, text));
        }
        if (messages != null && speakers != null) {
            readMessages(messages, texts, speakers, fields);
        }
        if (text != null && messages != null) {
            fields.reject(MESSAGES, "cannot stand beside text");
        } else if (fields.errors().isEmpty() && texts.isEmpty()) {
            fields.reject(TEXT, "is required, or messages in its place");
        } else if (fields.errors().isEmpty()
                && texts.stream().allMatch(one -> one.text().isBlank())) {
            fields.reject(text == null ? MESSAGES : TEXT, "must not be blank");
        }
        return fields.errors().isEmpty()
                ? submission.apply(new Submission(texts, speakers, pass))
                : refusal.apply(Refusal.invalid(fields.errors()));
    }

    private static GuardPass pass(JsonFields fields) {
        String direction = fields.optionalText(DIRECTION);
        if (direction == null || direction.equals(GuardPass.INPUT.stage())) {
            return GuardPass.INPUT; // the stricter of the two
        }
        if (!direction.equals(GuardPass.OUTPUT.stage())) {
            fields.reject(DIRECTION, "must be input or output");
        }
        return GuardPass.OUTPUT;
    }

    private static void readMessages(
            List<?> messages, List<GuardedText> texts, List<String> speakers, JsonFields errors) {
        for (int i = 0; i < messages.size(); i++) {
            String place = MESSAGES + "[" + i + "]";
            if (!(messages.get(i) instanceof Map<?, ?> message)) {
                errors.reject(place, "must be an object");
                continue;
            }
            JsonFields fields = new JsonFields(object(message));
            String speaker = fields.requiredText(ROLE);
            String content = fields.requiredText(CONTENT);
            fields.errors().forEach(error -> errors.reject(place + "." + error.field(), error.message()));
            if (fields.errors().isEmpty() && !SPEAKERS.contains(speaker)) {
                errors.reject(place + "." + ROLE, "must be system, developer, user, assistant or tool");
            }
            speakers.add(speaker);
            texts.add(new GuardedText(place + "." + CONTENT, content));
        }
    }

    @SuppressWarnings("unchecked") // a tree's maps have texts for keys
    private static Map<String, @Nullable Object> object(Map<?, ?> map) {
        return (Map<String, @Nullable Object>) map;
    }

    /** The texts as the guard redacted them, in the shape in which they came. */
    Object redacted(List<Redaction> redactions) {
        if (speakers == null) {
            return redactions.get(0).text();
        }
        List<JsonObject> messages = new ArrayList<>();
        for (int i = 0; i < speakers.size(); i++) {
            messages.add(new JsonObject()
                    .with(ROLE, speakers.get(i))
                    .with(CONTENT, redactions.get(i).text()));
        }
        return messages;
    }

    /** Code points of all texts. */
    long length() {
        return texts.stream()
                .mapToLong(one -> one.text().codePointCount(0, one.text().length()))
                .sum();
    }

    /** Shows the number of texts only. */
    @Override
    public String toString() {
        return "Submission[" + texts.size() + " texts, " + pass + "]";
    }
}
