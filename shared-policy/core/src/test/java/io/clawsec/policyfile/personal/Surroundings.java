package io.clawsec.policyfile.personal;

import java.util.List;

/** The texts that a value stands in: {@code %v} is the value and {@code %c} what people call it. */
final class Surroundings {

    static final List<String> ALL = List.of(
            "%c: %v",
            "My %c is %v, please keep it to yourself.",
            "%v is my %c.",
            "{\"name\": \"Ana Lima\", \"%c\": \"%v\"}",
            "name,%c\nAna Lima,%v\n",
            "ana> sure, %c %v thanks",
            "Kind regards\nAna Lima\n%c %v\nLisbon",
            "level=info user=ana %c=%v saved=true",
            "| Ana | %c | %v |",
            "Form A, line 3, %c (as printed): (%v)",
            "He wrote \"%v\" in the field %c",
            "Meine %c lautet %v.",
            "Mi %c es %v, gracias.",
            "Mon %c : %v",
            "<td>%c</td><td>%v</td>",
            "%c\n%v",
            "%c - %v",
            "Please update my file: %c = '%v'; nothing else changed");

    private Surroundings() {}

    /** The text round the value. */
    static String of(String template, String called, String value) {
        return template.replace("%c", called).replace("%v", value);
    }

    /** The value in full-width forms, as Japanese and Chinese keyboards write them. */
    static String fullWidth(String value) {
        StringBuilder wide = new StringBuilder();
        value.chars().forEach(c -> wide.append((char) (c > ' ' && c <= '~' ? c - '!' + '\uFF01' : c)));
        return wide.toString();
    }
}
