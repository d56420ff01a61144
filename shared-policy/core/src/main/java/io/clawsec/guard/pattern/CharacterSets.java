package io.clawsec.guard.pattern;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The sets of characters that some patterns name, numbered. Several threads may read what one has filled. */
final class CharacterSets {

    private final List<CodePoints> sets = new ArrayList<>();
    private final Map<CodePoints, Integer> numbers = new HashMap<>();

    /** The set's number; a new one where it was not met before. */
    int number(CodePoints set) {
        Integer known = numbers.get(set);
        if (known != null) {
            return known;
        }
        numbers.put(set, sets.size());
        sets.add(set);
        return sets.size() - 1;
    }

    /** The number of a set that was met before. */
    int known(CodePoints set) {
        Integer number = numbers.get(set);
        if (number == null) {
            throw new IllegalStateException("a set of characters that the patterns do not name");
        }
        return number;
    }

    List<CodePoints> all() {
        return List.copyOf(sets);
    }
}
