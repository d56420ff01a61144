package io.clawsec.query;

import io.clawsec.call.Body;
import io.clawsec.call.Refusal;
import io.clawsec.guard.GuardedText;
import io.clawsec.guard.Redaction;
import io.clawsec.json.Json;
import io.clawsec.json.JsonFields;
import io.clawsec.json.MalformedJsonException;
import io.clawsec.model.Message;
import io.clawsec.model.ModelRequest;
import io.clawsec.model.Prompt;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /query}: of the right shape, not yet guarded.
 *
 * @param prompt what is asked
 * @param systemPrompt the caller's own system prompt; null for none
 * @param model the model the caller names; null for the configured one
 * @param maxTokens how long the answer may be
 * @param temperature 0 to 2
 */
record Question(
        String prompt,
        @Nullable String systemPrompt,
        @Nullable String model,
        OptionalInt maxTokens,
        OptionalDouble temperature) {

    private static final String PROMPT = "prompt";
    private static final String SYSTEM_PROMPT = "system_prompt";
    private static final String MODEL = "model";
    private static final Pattern MODEL_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/@+-]{0,127}");
    private static final int MOST_TOKENS = 1_000_000;
    private static final double HIGHEST_TEMPERATURE = 2;

    /** Reads a body and goes on with the question, or with the refusal of what is wrong with it. */
    static <T> T read(Body body, Function<Question, T> question, Function<Refusal, T> refusal) {
        return body.fold(
                json -> read(json.utf8(), question, refusal), unacceptable -> refusal.apply(unacceptable.refusal()));
    }

    private static <T> T read(byte[] utf8, Function<Question, T> question, Function<Refusal, T> refusal) {
        JsonFields fields;
        try {
            fields = new JsonFields(Json.parseObject(utf8));
        } catch (MalformedJsonException e) {
            return refusal.apply(new Refusal(Refusal.Code.INVALID_JSON, "The body is not a JSON object in UTF-8."));
        }
        Question read = new Question(
                fields.requiredText(PROMPT),
                blankToNull(fields.optionalText(SYSTEM_PROMPT)),
                fields.optionalText(MODEL),
                fields.optionalInt("max_tokens", 1, MOST_TOKENS),
                fields.optionalNumber("temperature", 0, HIGHEST_TEMPERATURE));
        if (read.prompt.isBlank()
                && fields.errors().stream().noneMatch(error -> error.field().equals(PROMPT))) {
            fields.reject(PROMPT, "must not be blank");
        }
        if (read.model != null && !MODEL_NAME.matcher(read.model).matches()) {
            fields.reject(MODEL, "must be a model's name of at most 128 characters");
        }
        return fields.errors().isEmpty() ? question.apply(read) : refusal.apply(Refusal.invalid(fields.errors()));
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }

    /** Every text of it that a model or a backend would see. */
    List<GuardedText> texts() {
        List<GuardedText> texts = new ArrayList<>();
        texts.add(new GuardedText(PROMPT, prompt));
        if (systemPrompt != null) {
            texts.add(new GuardedText(SYSTEM_PROMPT, systemPrompt));
        }
        if (model != null) {
            texts.add(new GuardedText(MODEL, model));
        }
        return texts;
    }

    /** What the model is asked: the texts as the guard redacted them, in the order of {@link #texts()}. */
    ModelRequest redacted(List<Redaction> redactions) {
        List<Message> messages = new ArrayList<>();
        String redactedModel = null;
        String redactedPrompt = "";
        for (Redaction redaction : redactions) {
            switch (redaction.field()) {
                case SYSTEM_PROMPT -> messages.add(new Message(Message.Speaker.SYSTEM, new Prompt(redaction.text())));
                case MODEL -> redactedModel = redaction.text();
                default -> redactedPrompt = redaction.text();
            }
        }
        messages.add(new Message(Message.Speaker.USER, new Prompt(redactedPrompt)));
        return new ModelRequest(redactedModel, messages, maxTokens, temperature);
    }

    /** Code points of the prompt, as the audit tells them. */
    int promptLength() {
        return prompt.codePointCount(0, prompt.length());
    }

    /** Shows the lengths only. */
    @Override
    public String toString() {
        return "Question[" + prompt.length() + " characters]";
    }
}
