package io.clawsec.guard;

import io.clawsec.guard.text.TextView;
import io.clawsec.guard.text.ViewKind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

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

    /** The receipt for texts that were seen in these views, a list for each. */
    static Receipt of(String stage, List<GuardedText> texts, List<List<TextView>> seen, int rules) {
        Set<ViewKind> kinds = EnumSet.noneOf(ViewKind.class);
        for (List<TextView> views : seen) {
            for (TextView view : views) {
                kinds.add(view.kind());
            }
        }
        List<String> names = new ArrayList<>();
        for (ViewKind kind : kinds) {
            names.add(kind.wireName());
        }
        return new Receipt(stage, fieldsOf(texts), charactersOf(texts), names, rules);
    }

    /** Whether exactly these texts were scanned, all of each, in this order. */
    boolean covers(List<GuardedText> submitted) {
        return fields.equals(fieldsOf(submitted)) && characters == charactersOf(submitted);
    }

    private static List<String> fieldsOf(List<GuardedText> texts) {
        List<String> fields = new ArrayList<>();
        for (GuardedText text : texts) {
            fields.add(text.field());
        }
        return fields;
    }

    static long charactersOf(List<GuardedText> texts) {
        long characters = 0;
        for (GuardedText text : texts) {
            characters += text.text().codePointCount(0, text.text().length());
        }
        return characters;
    }
}
