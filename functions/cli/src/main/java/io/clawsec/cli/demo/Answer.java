package io.clawsec.cli.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the server answered.
 *
 * @param status of HTTP
 * @param requestId the header of that name; empty if there was none
 * @param raw the body as it came
 * @param body the body's fields; none if it was not a JSON object
 */
record Answer(int status, String requestId, String raw, Map<String, @Nullable Object> body) {

    /** A field that is a text; empty if it is not there or something else. */
    String text(String field) {
        return text(body, field);
    }

    static String text(Map<String, @Nullable Object> object, String field) {
        return object.get(field) instanceof String text ? text : "";
    }

    /** The objects in a field that is a list. */
    List<Map<String, @Nullable Object>> objects(String field) {
        List<Map<String, @Nullable Object>> objects = new ArrayList<>();
        if (body.get(field) instanceof List<?> list) {
            for (Object element : list) {
                if (element instanceof Map<?, ?> map) {
                    objects.add(object(map));
                }
            }
        }
        return objects;
    }

    /** The ids of the rules in a list of rule ids, or of objects that name one in {@code rule}. */
    static List<String> rules(@Nullable Object list) {
        List<String> rules = new ArrayList<>();
        if (list instanceof List<?> elements) {
            for (Object element : elements) {
                String rule = element instanceof Map<?, ?> map ? text(object(map), "rule") : String.valueOf(element);
                if (!rules.contains(rule)) {
                    rules.add(rule);
                }
            }
        }
        return rules;
    }

    @SuppressWarnings("unchecked") // the parser's maps have String keys
    private static Map<String, @Nullable Object> object(Map<?, ?> map) {
        return (Map<String, @Nullable Object>) map;
    }
}
