package io.clawsec.json;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of one JSON object and collects everything that is wrong with them, so that a caller learns of all
 * its mistakes at once. Not safe for use by many threads.
 */
public final class JsonFields {

    private static final int MOST_ERRORS = 32;

    private final Map<String, @Nullable Object> object;
    private final Set<String> known = new HashSet<>();
    private final List<FieldError> errors = new ArrayList<>();

    public JsonFields(Map<String, @Nullable Object> object) {
        this.object = object;
    }

    /** A text that must be there; an empty text stands in for a missing or wrong one. */
    public String requiredText(String field) {
        String text = optionalText(field);
        if (text == null && errors.stream().noneMatch(error -> error.field().equals(field))) {
            reject(field, "is required");
        }
        return text == null ? "" : text;
    }

    /** A text that may be there; null is the same as absent. */
    public @Nullable String optionalText(String field) {
        Object value = take(field);
        if (value == null || value instanceof String) {
            return (String) value;
        }
        reject(field, "must be a string");
        return null;
    }

    /** An object that must be there; an empty one stands in for a missing or wrong one. */
    @SuppressWarnings("unchecked") // a tree's maps have texts for keys
    public Map<String, @Nullable Object> requiredObject(String field) {
        Object value = take(field);
        if (value instanceof Map<?, ?> map) {
            return (Map<String, @Nullable Object>) map;
        }
        reject(field, value == null ? "is required" : "must be an object");
        return Map.of();
    }

    /** A list that may be there, of so many items; null is the same as absent. */
    public @Nullable List<?> optionalList(String field, int least, int most) {
        Object value = take(field);
        if (value == null) {
            return null;
        }
        if (value instanceof List<?> list && list.size() >= least && list.size() <= most) {
            return list;
        }
        reject(field, "must be a list of " + least + " to " + most + " items");
        return null;
    }

    /** An integer that may be there. */
    public OptionalInt optionalInt(String field, int least, int most) {
        Object value = take(field);
        if (value == null) {
            return OptionalInt.empty();
        }
        if (value instanceof Long number && number >= least && number <= most) {
            return OptionalInt.of(number.intValue());
        }
        reject(field, "must be an integer from " + least + " to " + most);
        return OptionalInt.empty();
    }

    /** A number that may be there. */
    public OptionalDouble optionalNumber(String field, double least, double most) {
        Object value = take(field);
        if (value == null) {
            return OptionalDouble.empty();
        }
        if (value instanceof Long || value instanceof BigDecimal) {
            double number = ((Number) value).doubleValue();
            if (number >= least && number <= most) {
                return OptionalDouble.of(number);
            }
        }
        reject(field, "must be a number from " + least + " to " + most);
        return OptionalDouble.empty();
    }

    private @Nullable Object take(String field) {
        known.add(field);
        return object.get(field);
    }

    /** Notes that a field is not as it should be. */
    public void reject(String field, String message) {
        if (errors.size() < MOST_ERRORS) {
            errors.add(new FieldError(field, message));
        }
    }

    /** Everything that is wrong, fields that nobody asked for included; at most 32. Ask last. */
    public List<FieldError> errors() {
        for (String field : object.keySet()) {
            if (known.add(field)) {
                reject(field, "is not a field of this request");
            }
        }
        return List.copyOf(errors);
    }
}
