package io.clawsec.policyfile.personal;

import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * One kind of personal data as a generator.
 *
 * @param name what reports call it
 * @param rules the rules that may find it
 * @param context words that people write beside it; the first is also what forms and columns are called
 * @param forms how it is printed: each {@code #} is the next character, anything else stands for itself; {@code @} is the whole
 * @param valid makes one, without separators
 * @param wrong makes one that its issuer would not have issued of one that it would; the same where no check exists
 */
record Kind(
        String name,
        List<String> rules,
        List<String> context,
        List<String> forms,
        Function<Random, String> valid,
        UnaryOperator<String> wrong) {

    /** A kind that has a check: a wrong one has another last character. */
    static Kind checked(String rules, String context, String forms, Function<Random, String> valid) {
        return of(rules, context, forms, valid, Kind::otherEnd);
    }

    /** A kind in which no number is wrong. */
    static Kind unchecked(String rules, String context, String forms, Function<Random, String> valid) {
        return of(rules, context, forms, valid, UnaryOperator.identity());
    }

    /** A kind with its own way of being wrong. */
    static Kind of(
            String rules, String context, String forms, Function<Random, String> valid, UnaryOperator<String> wrong) {
        List<String> ids = List.of(rules.split(" "));
        return new Kind(ids.get(0), ids, List.of(context.split("\\|")), List.of(forms.split("\\|")), valid, wrong);
    }

    /** Whether there are wrong ones. */
    boolean hasCheck(String value) {
        return !wrong.apply(value).equals(value);
    }

    /** The value as one of the forms prints it; {@code @} prints it as it is. */
    static String print(String value, String form) {
        if (form.equals("@")) {
            return value;
        }
        if (form.chars().filter(c -> c == '#').count() != value.length()) {
            throw new IllegalArgumentException(form + " does not fit " + value);
        }
        StringBuilder printed = new StringBuilder();
        int next = 0;
        for (int i = 0; i < form.length(); i++) {
            printed.append(form.charAt(i) == '#' ? value.charAt(next++) : form.charAt(i));
        }
        return printed.toString();
    }

    /** The value with its last character changed for the next of its sort. */
    static String otherEnd(String value) {
        return changed(value, value.length() - 1);
    }

    /** The value with one character changed for the next of its sort. */
    static String changed(String value, int at) {
        char character = value.charAt(at);
        char next = switch (character) {
            case '9' -> '0';
            case 'Z' -> 'A';
            default -> (char) (character + 1);
        };
        return value.substring(0, at) + next + value.substring(at + 1);
    }

    @Override
    public String toString() {
        return name;
    }
}
