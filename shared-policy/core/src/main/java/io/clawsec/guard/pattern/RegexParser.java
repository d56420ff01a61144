package io.clawsec.guard.pattern;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads RE2's syntax into a tree.
 *
 * <p>It is as strict as its job asks: RE2/J's own parser judges what it lets through. Captures other than
 * {@value #VALUE_GROUP} are read over.
 */
final class RegexParser {

    private static final int MAX_DEPTH = 200;
    private static final int MAX_REPEAT = 1_000;
    private static final Regex ANY = new Regex.One(CodePoints.ALL);
    private static final Regex NO_NEWLINE = new Regex.One(CodePoints.of('\n').negate());

    /** The name of the group that is the span. */
    private static final String VALUE_GROUP = "value";

    private final String regex;
    private int at;
    private int depth;
    private boolean foldCase;
    private boolean multiLine;
    private boolean dotAll;
    private boolean swapGreed;

    /** Whether the last group was one of flags alone, which is nothing that could be repeated. */
    private boolean onlyFlags;

    private RegexParser(String regex) {
        this.regex = regex;
    }

    /** The tree of a pattern; a {@link RegexSyntaxException} says what is wrong with it. */
    static Regex parse(String regex) {
        RegexParser parser = new RegexParser(regex);
        Regex tree = parser.choice();
        if (parser.more()) {
            throw new RegexSyntaxException("unexpected )");
        }
        return tree;
    }

    private Regex choice() {
        Regex first = sequence();
        if (!take('|')) {
            return first;
        }
        List<Regex> branches = new ArrayList<>(List.of(first, sequence()));
        while (take('|')) {
            branches.add(sequence());
        }
        return new Regex.Choice(branches);
    }

    private Regex sequence() {
        List<Regex> parts = new ArrayList<>();
        while (more() && regex.charAt(at) != '|' && regex.charAt(at) != ')') {
            if (regex.startsWith("\\Q", at)) {
                quoted(parts);
            } else {
                onlyFlags = false;
                Regex atom = atom();
                boolean behindFlags = onlyFlags && !parts.isEmpty(); // a repeat there is one of what stands before them
                parts.add(repeated(behindFlags ? parts.remove(parts.size() - 1) : atom));
            }
        }
        return parts.size() == 1 ? parts.get(0) : new Regex.Sequence(parts);
    }

    private void quoted(List<Regex> parts) {
        int end = regex.indexOf("\\E", at + 2);
        int to = end < 0 ? regex.length() : end;
        at += 2;
        while (at < to) {
            parts.add(Literals.of(next(), foldCase));
        }
        at = end < 0 ? to : end + 2;
        if (!parts.isEmpty()) {
            parts.add(repeated(parts.remove(parts.size() - 1))); // what follows repeats what stands last, quoted or not
        }
    }

    private Regex repeated(Regex body) {
        Regex repeated = body;
        while (more()) {
            int[] counts = counts();
            if (counts == null) {
                return repeated;
            }
            boolean lazy = take('?');
            repeated = new Regex.Repeat(repeated, counts[0], counts[1], lazy == swapGreed);
        }
        return repeated;
    }

    /** How often at least and at most, or null where no repeat follows. */
    private int @Nullable [] counts() {
        return switch (regex.charAt(at)) {
            case '*' -> counted(0, Regex.Repeat.UNBOUNDED);
            case '+' -> counted(1, Regex.Repeat.UNBOUNDED);
            case '?' -> counted(0, 1);
            case '{' -> braces();
            default -> null;
        };
    }

    private int[] counted(int min, int max) {
        at++;
        return new int[] {min, max};
    }

    /** {@code {n}}, {@code {n,}} or {@code {n,m}}; null, and nothing taken, where the brace is a plain character. */
    private int @Nullable [] braces() {
        int start = at++;
        int min = number();
        int max = min;
        if (min >= 0 && take(',')) {
            max = more() && peek() == '}' ? Regex.Repeat.UNBOUNDED : number();
        }
        if (min < 0 || max < Regex.Repeat.UNBOUNDED || !take('}')) {
            at = start;
            return null;
        }
        if (min > MAX_REPEAT || max > MAX_REPEAT || (max != Regex.Repeat.UNBOUNDED && max < min)) {
            throw new RegexSyntaxException("a repeat counts from low to high, to " + MAX_REPEAT + " at most");
        }
        return new int[] {min, max};
    }

    /** Digits as a number, or -2 where there are none, or a zero before others, which RE2 takes for no count. */
    private int number() {
        int start = at;
        int number = 0;
        while (more() && peek() >= '0' && peek() <= '9') {
            number = Math.min(MAX_REPEAT + 1, number * 10 + next() - '0');
        }
        boolean zeroBeforeOthers = at > start + 1 && regex.charAt(start) == '0';
        return at == start || zeroBeforeOthers ? -2 : number;
    }

    private Regex atom() {
        int character = next();
        return switch (character) {
            case '(' -> group();
            case '[' -> new Regex.One(new CharacterClassParser(this).bracket());
            case '.' -> dotAll ? ANY : NO_NEWLINE;
            case '^' -> new Regex.Condition(multiLine ? Assertion.LINE_START : Assertion.TEXT_START);
            case '$' -> new Regex.Condition(multiLine ? Assertion.LINE_END : Assertion.TEXT_END);
            case '\\' -> escape();
            case '*', '+', '?' -> throw new RegexSyntaxException("nothing to repeat");
            default -> Literals.of(character, foldCase);
        };
    }

    private Regex escape() {
        if (!more()) {
            throw new RegexSyntaxException("a backslash at the end");
        }
        switch (peek()) {
            case 'A':
                return condition(Assertion.TEXT_START);
            case 'z':
                return condition(Assertion.TEXT_END);
            case 'b':
                return condition(Assertion.WORD_BOUNDARY);
            case 'B':
                return condition(Assertion.NO_WORD_BOUNDARY);
            default:
                CharacterClassParser classes = new CharacterClassParser(this);
                CodePoints set = classes.escapedClass();
                return set == null ? Literals.of(classes.escapedCharacter(), foldCase) : new Regex.One(set);
        }
    }

    private Regex condition(Assertion assertion) {
        at++;
        return new Regex.Condition(assertion);
    }

    private Regex group() {
        if (++depth > MAX_DEPTH) {
            throw new RegexSyntaxException("groups stand more than " + MAX_DEPTH + " deep");
        }
        boolean fold = foldCase;
        boolean lines = multiLine;
        boolean dots = dotAll;
        boolean greed = swapGreed;
        Opening opening = take('?') ? opening() : Opening.GROUP;
        Regex inside = Regex.EMPTY;
        if (opening != Opening.FLAGS) {
            inside = choice();
            if (!take(')')) {
                throw new RegexSyntaxException("missing )");
            }
            foldCase = fold;
            multiLine = lines;
            dotAll = dots;
            swapGreed = greed;
        }
        depth--;
        onlyFlags = opening == Opening.FLAGS;
        return opening == Opening.VALUE ? new Regex.Value(inside) : inside;
    }

    /** What a parenthesis opens. */
    private enum Opening {
        GROUP,
        /** The group that is the span. */
        VALUE,
        /** No group, but flags up to the end of this one. */
        FLAGS
    }

    /** What follows {@code (?}. */
    private Opening opening() {
        if (regex.startsWith("P<", at) || (regex.startsWith("<", at) && !lookbehind())) {
            at = regex.indexOf('<', at) + 1;
            return until('>').equals(VALUE_GROUP) ? Opening.VALUE : Opening.GROUP;
        }
        boolean on = true;
        while (true) {
            switch (next()) {
                case 'i' -> foldCase = on;
                case 'm' -> multiLine = on;
                case 's' -> dotAll = on;
                case 'U' -> swapGreed = on;
                case '-' -> on = false;
                case ':' -> {
                    return Opening.GROUP;
                }
                case ')' -> {
                    return Opening.FLAGS;
                }
                default -> throw new RegexSyntaxException("a kind of group that RE2 does not know");
            }
        }
    }

    private boolean lookbehind() {
        return regex.startsWith("<=", at) || regex.startsWith("<!", at);
    }

    boolean foldsCase() {
        return foldCase;
    }

    boolean more() {
        return at < regex.length();
    }

    int peek() {
        return regex.codePointAt(at);
    }

    /** The next character, which must be there. */
    int next() {
        if (!more()) {
            throw new RegexSyntaxException("the pattern ends in the middle");
        }
        int codePoint = peek();
        at += Character.charCount(codePoint);
        return codePoint;
    }

    /** Takes the character if it comes next. */
    boolean take(char character) {
        boolean there = more() && regex.charAt(at) == character;
        at += there ? 1 : 0;
        return there;
    }

    /** Gives the last character back, which was one UTF-16 unit. */
    void stepBack() {
        at--;
    }

    /** Takes the text if it comes next. */
    boolean take(String text) {
        boolean there = regex.startsWith(text, at);
        at += there ? text.length() : 0;
        return there;
    }

    /** The text up to the mark, both taken. */
    String until(char mark) {
        int end = regex.indexOf(mark, at);
        if (end < 0) {
            throw new RegexSyntaxException("missing " + mark);
        }
        String text = regex.substring(at, end);
        at = end + 1;
        return text;
    }
}
