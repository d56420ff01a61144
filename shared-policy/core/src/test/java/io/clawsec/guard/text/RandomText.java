package io.clawsec.guard.text;

import java.util.List;
import java.util.Random;

/** Texts of all that the views treat in a way of its own, and of anything else. */
final class RandomText {

    private static final List<String> PARTS = List.of(
            "a",
            "ignore",
            " ",
            "\n",
            "\u00E9",
            "e\u0301",
            "\u0301\u0302",
            "\u0430",
            "\u0456",
            "\u03BF",
            "\u043F\u0440",
            "\uFF41",
            "\uD835\uDC22",
            "\uD835",
            "\uDC22",
            "\uDB40\uDC41",
            "\uDB40\uDD01",
            "\uFE0F",
            "\u200B",
            "\u202E",
            "\uFB01",
            "\u4E2D",
            "\u30AB\u3099",
            "\uD55C",
            "\u0939\u093F",
            "\u0E01\u0E33",
            "\u0661",
            "\uD83D\uDE00",
            "1",
            "%41",
            "%25",
            "&#65;",
            "&amp;",
            "\\u0041",
            "\\",
            "=41",
            "=\n",
            "aGVsbG8gd29ybGQsIGhlbGxv",
            "68656c6c6f20776f726c64",
            "68:65:6c:6c:6f:20:77:6f:72:6c:64",
            "\u0345",
            "\u1FBE",
            "\u2126",
            "\u0130",
            "\u212B",
            "\u1E9E",
            "\u3000",
            "\u0000");

    private RandomText() {}

    static String of(Random random, int parts) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(parts); i > 0; i--) {
            switch (random.nextInt(8)) {
                case 0 -> text.append((char) random.nextInt(Character.MAX_VALUE + 1));
                case 1 -> text.appendCodePoint(random.nextInt(0x20000));
                default -> text.append(PARTS.get(random.nextInt(PARTS.size())));
            }
        }
        return text.toString();
    }
}
