package io.clawsec.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Supplier;

/**
 * The ways in which a vendor's name and a key stand beside each other, and ways that are too loose. A name goes on for
 * 24 characters at most, then come up to three closing signs, up to three blanks, what assigns, blanks again, and up to
 * two opening signs.
 */
final class ContextForms {

    private static final int MOST_NAME = 24;

    private final String vendor;
    private final SampleAlphabet.Deck name;

    ContextForms(String vendor, Random random) {
        this.vendor = vendor;
        this.name = SampleAlphabet.of("fill").new Deck(random);
    }

    List<Sample> positives(Supplier<Sample> values) {
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            samples.add(after(vendor + name(MOST_NAME) + "=", values));
        }
        for (String between : new String[] {
            "=",
            ":",
            "(",
            ">",
            "==",
            ":=",
            "=>",
            "(:",
            " is",
            "\\=",
            "\"=",
            "'=",
            "`=",
            "]=",
            "\"\\]=",
            "''`=",
            "\t=",
            "\t\n\t=",
            "\t is",
            "=\t",
            "=\t\n\t",
            " is \t\n",
            "=\\",
            "=\"",
            "='",
            "=`",
            "=\\\"",
            "=''"
        }) {
            samples.add(after(vendor + "_a" + between, values));
        }
        samples.add(after(vendor.toUpperCase(Locale.ROOT) + "=", values));
        samples.add(after(vendor.toLowerCase(Locale.ROOT) + "Key(\"", values));
        samples.add(after("my" + vendor + " key is ", values));
        return samples;
    }

    List<Sample> nearMisses(Supplier<Sample> values) {
        List<Sample> misses = new ArrayList<>();
        String full = name(MOST_NAME - 1) + "a";
        for (String between : new String[] {
            full + "b=",
            full + "A=",
            full + "_=",
            full + "0=",
            "\"'\"'=",
            "\t\n\t\n=",
            "",
            "===",
            ":=(",
            "=\t\n\t\n",
            "=\"'\"",
            "~=",
            "~",
            "=~",
            "#=",
            "!=",
            "&=",
            ";",
            "<",
            ")",
            "?",
            "/=",
            "*=",
            "=!",
            "=#",
            "=&",
            "\t\tis",
            " as ",
            "  i ",
            "^="
        }) {
            misses.add(Sample.nothingIn(vendor + between + values.get().text()));
        }
        for (char stranger : SampleAlphabet.of("fill").strangers()) {
            misses.add(Sample.nothingIn(
                    vendor + "_a" + stranger + "b=" + values.get().text()));
        }
        misses.add(Sample.nothingIn("=" + values.get().text()));
        misses.add(Sample.nothingIn(vendor.substring(1) + "=" + values.get().text()));
        misses.add(Sample.nothingIn(
                vendor.substring(0, vendor.length() - 1) + "=" + values.get().text()));
        return misses;
    }

    private static Sample after(String before, Supplier<Sample> values) {
        return values.get().within(before, "");
    }

    private String name(int length) {
        StringBuilder text = new StringBuilder();
        while (text.length() < length - 1) {
            text.append(name.next());
        }
        return text.append('k').toString();
    }
}
