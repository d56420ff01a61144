package io.clawsec.guard.pattern;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the parts of RE2's syntax that stand for sets of characters: brackets and escapes. */
final class CharacterClassParser {

    private static final CodePoints DIGIT = CodePoints.ofRanges('0', '9');
    private static final CodePoints SPACE = CodePoints.ofRanges('\t', '\n', '\f', '\r', ' ', ' ');
    private static final CodePoints WORD = CodePoints.ofRanges('0', '9', 'A', 'Z', '_', '_', 'a', 'z');
    private static final Map<String, CodePoints> NAMED = Map.ofEntries(
            Map.entry("alnum", CodePoints.ofRanges('0', '9', 'A', 'Z', 'a', 'z')),
            Map.entry("alpha", CodePoints.ofRanges('A', 'Z', 'a', 'z')),
            Map.entry("ascii", CodePoints.ofRanges(0, 0x7F)),
            Map.entry("blank", CodePoints.ofRanges('\t', '\t', ' ', ' ')),
            Map.entry("cntrl", CodePoints.ofRanges(0, 0x1F, 0x7F, 0x7F)),
            Map.entry("digit", DIGIT),
            Map.entry("graph", CodePoints.ofRanges('!', '~')),
            Map.entry("lower", CodePoints.ofRanges('a', 'z')),
            Map.entry("print", CodePoints.ofRanges(' ', '~')),
            Map.entry("punct", CodePoints.ofRanges('!', '/', ':', '@', '[', '`', '{', '~')),
            Map.entry("space", CodePoints.ofRanges('\t', '\r', ' ', ' ')),
            Map.entry("upper", CodePoints.ofRanges('A', 'Z')),
            Map.entry("word", WORD),
            Map.entry("xdigit", CodePoints.ofRanges('0', '9', 'A', 'F', 'a', 'f')));

    private final RegexParser parser;
    /** Whether a Unicode property took part, whose table RE2/J may know better. */
    private boolean property;

    CharacterClassParser(RegexParser parser) {
        this.parser = parser;
    }

    /** What follows an opening bracket, through its closing one. */
    CodePoints bracket() {
        boolean negated = parser.take('^');
        CodePoints.Collector members = new CodePoints.Collector();
        boolean first = true;
        while (first || parser.peek() != ']') {
            first = false;
            member(members);
            if (!parser.more()) {
                throw new RegexSyntaxException("missing ]");
            }
        }
        parser.take(']');
        CodePoints set = negated ? members.set().negate() : members.set();
        return widened(set);
    }

    private void member(CodePoints.Collector members) {
        if (parser.take("[:")) {
            members.add(named(parser.until(':')));
            if (!parser.take(']')) {
                throw new RegexSyntaxException("missing ]");
            }
            return;
        }
        int low;
        if (parser.take('\\')) {
            CodePoints set = setOf();
            if (set != null) {
                members.add(set);
                return;
            }
            low = escapedCharacter();
        } else {
            low = parser.next();
        }
        int high = rangeEnd(low);
        if (parser.foldsCase()) {
            members.add(CaseFolding.closeRange(low, high));
        } else {
            members.add(low, high);
        }
    }

    private int rangeEnd(int low) {
        if (!parser.take('-')) {
            return low;
        }
        if (parser.more() && parser.peek() == ']') {
            parser.stepBack();
            return low;
        }
        int high = parser.take('\\') ? escapedCharacter() : parser.next();
        if (high < low) {
            throw new RegexSyntaxException("a range runs backwards");
        }
        return high;
    }

    private CodePoints named(String name) {
        boolean negated = name.startsWith("^");
        CodePoints set = NAMED.get(negated ? name.substring(1) : name);
        if (set == null) {
            throw new RegexSyntaxException("a character class that RE2 does not know");
        }
        return negated ? folded(set).negate() : folded(set);
    }

    /** The class that follows a backslash outside a bracket, or null where a plain character does. */
    @Nullable
    CodePoints escapedClass() {
        CodePoints set = setOf();
        return set == null ? null : widened(set);
    }

    private @Nullable CodePoints setOf() {
        return switch (parser.more() ? parser.peek() : 0) {
            case 'd' -> taken(DIGIT);
            case 'D' -> taken(DIGIT).negate();
            case 's' -> folded(taken(SPACE));
            case 'S' -> folded(taken(SPACE)).negate();
            case 'w' -> folded(taken(WORD));
            case 'W' -> folded(taken(WORD)).negate();
            case 'p' -> property(false);
            case 'P' -> property(true);
            default -> null;
        };
    }

    private CodePoints taken(CodePoints set) {
        parser.next();
        return set;
    }

    private CodePoints property(boolean negatedByCase) {
        parser.next();
        String name = parser.take('{') ? parser.until('}') : Character.toString(parser.next());
        boolean negatedByHat = name.startsWith("^");
        String bare = negatedByHat ? name.substring(1) : name;
        CodePoints set = UnicodeProperty.named(bare).orElse(null);
        if (set == null) {
            throw new RegexSyntaxException("a Unicode property that is not known");
        }
        property = true;
        CodePoints members = parser.foldsCase() ? UnicodeProperty.inAnyCase(bare, set) : set;
        return negatedByCase != negatedByHat ? members.negate() : members;
    }

    private CodePoints folded(CodePoints set) {
        return parser.foldsCase() ? CaseFolding.close(set) : set;
    }

    private CodePoints widened(CodePoints set) {
        return property ? set.or(UnicodeProperty.unassigned()) : set;
    }

    /** The one character that the rest of an escape stands for. */
    int escapedCharacter() {
        int character = parser.next();
        return switch (character) {
            case 'a' -> 0x07;
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'v' -> 0x0B;
            case 'x' -> hexadecimal();
            case '0', '1', '2', '3', '4', '5', '6', '7' -> octal(character);
            default -> punctuation(character);
        };
    }

    private static int punctuation(int character) {
        if (character < 0x80 && !Character.isLetterOrDigit(character)) {
            return character;
        }
        throw new RegexSyntaxException("an escape that RE2 does not know");
    }

    /** {@code \0} to {@code \077}, {@code \123}; one digit other than 0 alone would be a backreference. */
    private int octal(int first) {
        int code = first - '0';
        int digits = 1;
        while (digits < 3 && parser.more() && parser.peek() >= '0' && parser.peek() <= '7') {
            code = code * 8 + parser.next() - '0';
            digits++;
        }
        if (first != '0' && digits == 1) {
            throw new RegexSyntaxException("backreferences cannot be matched in linear time");
        }
        return code;
    }

    private int hexadecimal() {
        String digits = parser.take('{') ? parser.until('}') : Character.toString(parser.next()) + (char) parser.next();
        try {
            int code = Integer.parseInt(digits, 16);
            if (code >= 0 && code <= CodePoints.LAST) {
                return code;
            }
        } catch (NumberFormatException malformed) {
            // told below
        }
        throw new RegexSyntaxException("no hexadecimal code point");
    }
}
