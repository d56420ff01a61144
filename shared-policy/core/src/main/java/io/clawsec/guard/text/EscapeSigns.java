package io.clawsec.guard.text;

/**
 * Where escapes begin in one text: true of all that {@link Escapes} resolves in it or in a part of it, and of little
 * else, for each is a part of the text to be read once more. Not for several threads.
 */
final class EscapeSigns {

    private final String text;
    private boolean counted;
    private boolean quotedPrintable;

    EscapeSigns(String text) {
        this.text = text;
    }

    /** Whether an escape begins here. */
    boolean beginsAt(int at) {
        return mayBeginAt(text, at) && (text.charAt(at) != '=' || isQuotedPrintable());
    }

    /** Looks at the whole text, and so only once and where it matters. */
    private boolean isQuotedPrintable() {
        if (!counted) {
            quotedPrintable = QuotedPrintable.isIn(text);
            counted = true;
        }
        return quotedPrintable;
    }

    /** The same for a text that may go on, as far as the characters from here on tell. */
    static boolean mayBeginAt(String text, int at) {
        return switch (text.charAt(at)) {
            case '%' -> mayBeText(text, at + 1) || (text.startsWith("u", at + 1) && isUnicode(text, at + 2));
            case '&' -> mayBeEntity(text, at + 1);
            case '\\' -> mayBeOfProgram(text, at + 1);
            case '=' -> mayBeText(text, at + 1) || QuotedPrintable.isSoftBreak(text, at);
            default -> false;
        };
    }

    /** Whether two digits spell a byte of ASCII, or the first of several, of which the next is an escape too. */
    private static boolean mayBeText(String text, int digits) {
        int value = Escapes.hex(text, digits);
        int next = digits + 2;
        boolean severalBytes = value >= 0xC2 && value <= 0xF4; // RFC 3629, 4
        return value >= 0
                && (value < 0x80 || (severalBytes && next < text.length() && "%=\\".indexOf(text.charAt(next)) >= 0));
    }

    private static boolean mayBeEntity(String text, int name) {
        if (text.startsWith("#", name)) {
            return mayBeNumber(text, name + 1);
        }
        int end = name;
        while (end < text.length() && end - name < Entities.MAX_NAME && isAsciiLetterOrDigit(text.charAt(end))) {
            end++;
        }
        return end > name && text.startsWith(";", end) && Entities.named(text.substring(name, end)) != null;
    }

    private static boolean mayBeNumber(String text, int digits) {
        boolean hex = digits < text.length() && (text.charAt(digits) | 0x20) == 'x';
        int first = hex ? digits + 1 : digits;
        return first < text.length() && Character.digit(text.charAt(first), hex ? 16 : 10) >= 0;
    }

    /** Of several backslashes the last one tells. */
    private static boolean mayBeOfProgram(String text, int kind) {
        char escaped = kind < text.length() ? text.charAt(kind) : 0;
        return switch (escaped) {
            case 'x' -> mayBeText(text, kind + 1);
            case 'u' -> isUnicode(text, kind + 1);
            default -> Escapes.OF_PROGRAMS.indexOf(escaped) >= 0;
        };
    }

    private static boolean isUnicode(String text, int digits) {
        return text.startsWith("{", digits) || (Escapes.hex(text, digits) >= 0 && Escapes.hex(text, digits + 2) >= 0);
    }

    private static boolean isAsciiLetterOrDigit(char character) {
        return character < 0x80 && CharacterKind.isLetterOrDigit(character);
    }
}
