package io.clawsec.cli.policy;

import io.clawsec.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** A count and the names of the first that were counted. Not for several threads. */
final class Sample {

    private static final int MOST_NAMES = 20;

    private final List<String> names = new ArrayList<>();
    private long count;

    void add(String name) {
        count++;
        if (names.size() < MOST_NAMES) {
            names.add(name);
        }
    }

    long count() {
        return count;
    }

    /** For people: the count, and what it is of. */
    String line(String what) {
        return what + ": " + count
                + (names.isEmpty() ? "" : " (" + String.join(", ", names) + (count > names.size() ? ", …)" : ")"));
    }

    JsonObject json() {
        return new JsonObject().with("count", count).with("first", List.copyOf(names));
    }
}
