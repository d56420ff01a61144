package io.clawsec.admin;

import io.clawsec.call.Body;
import io.clawsec.call.Refusal;
import io.clawsec.json.Json;
import io.clawsec.json.JsonFields;
import io.clawsec.json.MalformedJsonException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /policy/test}: of the right shape, its policy not read yet.
 *
 * @param policy YAML of one rule pack; null where the active policy alone is asked; confidential
 * @param texts what is judged; confidential
 */
record PolicyTrial(@Nullable String policy, List<String> texts) {

    static final String POLICY = "policy";
    static final int MOST_TEXTS = 100;
    private static final String TEXTS = "texts";

    PolicyTrial {
        texts = List.copyOf(texts);
    }

    /** Reads a body and goes on with the trial, or with the refusal of what is wrong with it. */
    static <T> T read(Body body, Function<PolicyTrial, T> trial, Function<Refusal, T> refusal) {
        return body.fold(
                json -> read(json.utf8(), trial, refusal), unacceptable -> refusal.apply(unacceptable.refusal()));
    }

    private static <T> T read(byte[] utf8, Function<PolicyTrial, T> trial, Function<Refusal, T> refusal) {
        JsonFields fields;
        try {
            fields = new JsonFields(Json.parseObject(utf8));
        } catch (MalformedJsonException e) {
            return refusal.apply(new Refusal(Refusal.Code.INVALID_JSON, "The body is not a JSON object in UTF-8."));
        }
        String policy = fields.optionalText(POLICY);
        List<?> given = fields.optionalList(TEXTS, 1, MOST_TEXTS);
        if (given == null
                && fields.errors().stream().noneMatch(error -> error.field().equals(TEXTS))) {
            fields.reject(TEXTS, "is required");
        }
        List<String> texts = new ArrayList<>();
        for (int i = 0; given != null && i < given.size(); i++) {
            if (given.get(i) instanceof String text) {
                texts.add(text);
            } else {
                fields.reject(TEXTS + "[" + i + "]", "must be a string");
            }
        }
        return fields.errors().isEmpty()
                ? trial.apply(new PolicyTrial(policy, texts))
                : refusal.apply(Refusal.invalid(fields.errors()));
    }

    /** Code points of all texts. */
    long length() {
        return texts.stream()
                .mapToLong(text -> text.codePointCount(0, text.length()))
                .sum();
    }

    /** Shows the number of texts only. */
    @Override
    public String toString() {
        return "PolicyTrial[" + texts.size() + " texts]";
    }
}
