package io.clawsec.guard;

import java.util.List;

/**
 * What was scanned at one stage; counts and names only.
 *
 * @param stage {@code input} or {@code output}
 * @param fields the fields that were scanned, in order
 * @param characters code points in them
 * @param views the views of the text that the rules saw, such as {@code plain}
 * @param rules how many rules were in force
 */
public record Receipt(String stage, List<String> fields, long characters, List<String> views, int rules) {

    public Receipt {
        fields = List.copyOf(fields);
        views = List.copyOf(views);
    }

    /** Whether exactly these texts were scanned, all of each, in this order. */
    boolean covers(List<GuardedText> submitted) {
        return fields.equals(submitted.stream().map(GuardedText::field).toList())
                && characters == charactersOf(submitted);
    }

    static long charactersOf(List<GuardedText> texts) {
        return texts.stream()
                .mapToLong(text -> text.text().codePointCount(0, text.text().length()))
                .sum();
    }
}
