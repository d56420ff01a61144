package io.clawsec.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Writes texts that a pattern takes, by a walk through the pattern as its author wrote it; the walk can be made to pass a
 * place in the pattern. It knows what the packs use of RE2's syntax and nothing more.
 */
final class RegexWalk {

    private static final String DIGITS = "09";
    private static final String WORD = "azAZ09__";
    private static final String BLANKS = "                  \n\n";
    private static final String LETTERS = "az\u0430\u044F";
    /** What stands for a character of a class of nearly everything. */
    private static final String ORDINARY = "      aeox~";
    /** What stands between two words, cut to length. */
    private static final String FILLING =
            " and one day, when all was quiet, a man came down to the sea at last and saw ~ what he had come for"
                    + " in those long years that he had been away from home and his own";
    /** What stands for one at the place itself. */
    private static final String SIGNS = " ax7~.,:;!?+-_/()[]<>{}#*=\n\t\u3002\uFF01\uFF1F";
    /** By how much a count without an upper bound may pass its lower one. */
    private static final int SLACK = 2;

    /** Where a walk is. */
    private static final class Walk {
        private final StringBuilder text = new StringBuilder();
        private final Random random;

        Walk(Random random) {
            this.random = random;
        }

        int upTo(int most) {
            return random.nextInt(most + 1);
        }
    }

    /** A part of the pattern. A walk to a place outside of it may go anywhere in it. */
    private sealed interface Node {
        int from();

        int to();

        void write(Walk walk, int place);

        default boolean holds(int place) {
            return from() <= place && place < to();
        }
    }

    /** One character of a class, given by the ends of its ranges, or any but those. */
    private record Members(int from, int to, String ranges, boolean negated) implements Node {
        @Override
        public void write(Walk walk, int place) {
            boolean here = holds(place);
            walk.text.append(negated ? other(walk, here ? SIGNS : ORDINARY) : here ? end(walk) : member(walk));
        }

        /** At the place itself the end of a range. */
        private char end(Walk walk) {
            if (ranges.equals(BLANKS)) {
                return " \n\t".charAt(walk.upTo(2));
            }
            return ranges.charAt(walk.upTo(ranges.length() - 1));
        }

        private char member(Walk walk) {
            int size = 0;
            for (int i = 0; i < ranges.length(); i += 2) {
                size += ranges.charAt(i + 1) - ranges.charAt(i) + 1;
            }
            int left = walk.upTo(size - 1);
            for (int i = 0; ; i += 2) {
                int inRange = ranges.charAt(i + 1) - ranges.charAt(i) + 1;
                if (left < inRange) {
                    return (char) (ranges.charAt(i) + left);
                }
                left -= inRange;
            }
        }

        private char other(Walk walk, String some) {
            char any = some.charAt(walk.upTo(some.length() - 1));
            for (int tries = 0; contains(any) && tries < some.length(); tries++) {
                any = some.charAt(walk.upTo(some.length() - 1));
            }
            return contains(any) ? '\u00E9' : any;
        }

        private boolean contains(char character) {
            boolean contains = false;
            for (int i = 0; i < ranges.length(); i += 2) {
                contains |= ranges.charAt(i) <= character && character <= ranges.charAt(i + 1);
            }
            return contains;
        }
    }

    private record Literal(int from, int to, char character) implements Node {
        @Override
        public void write(Walk walk, int place) {
            walk.text.append(character);
        }
    }

    /** An assertion or a switch: takes no character. */
    private record Nothing(int from, int to) implements Node {
        @Override
        public void write(Walk walk, int place) {
            // nothing
        }
    }

    private record All(int from, int to, List<Node> parts) implements Node {
        @Override
        public void write(Walk walk, int place) {
            parts.forEach(part -> part.write(walk, place));
        }
    }

    private record One(int from, int to, List<Node> choices) implements Node {
        @Override
        public void write(Walk walk, int place) {
            Node any = choices.get(walk.upTo(choices.size() - 1));
            choices.stream()
                    .filter(choice -> choice.holds(place))
                    .findFirst()
                    .orElse(any)
                    .write(walk, place);
        }
    }

    private record Times(int from, int to, Node node, int least, int most) implements Node {
        @Override
        public void write(Walk walk, int place) {
            boolean inside = node.holds(place);
            int times = Math.max(inside ? 1 : 0, count(walk, holds(place)));
            if (node instanceof Members members && members.negated() && !inside) {
                filling(walk, times, members);
                return;
            }
            int through = walk.upTo(Math.max(0, times - 1));
            for (int i = 0; i < times; i++) {
                node.write(walk, i == through ? place : -1);
            }
        }

        private int count(Walk walk, boolean here) {
            return switch (walk.upTo(here ? 3 : 9)) {
                case 0 -> most;
                case 1, 2 -> least + walk.upTo(most - least);
                default -> least;
            };
        }

        private static void filling(Walk walk, int length, Members members) {
            int from = FILLING.indexOf(' ', walk.upTo(FILLING.length() / 3));
            for (int i = 0; i < length; i++) {
                boolean blank = i == length - 1 && walk.upTo(3) > 0;
                char character = blank ? ' ' : FILLING.charAt((from + i) % FILLING.length());
                walk.text.append(members.contains(character) ? members.other(walk, ORDINARY) : character);
            }
        }
    }

    private final String regex;
    private final Node whole;
    private int at;

    RegexWalk(String regex) {
        this.regex = regex;
        this.whole = choices();
    }

    /** A text that the pattern takes, on the way past the place if it is one of the pattern's. */
    String text(Random random, int place) {
        Walk walk = new Walk(random);
        whole.write(walk, place);
        return walk.text.toString();
    }

    private Node choices() {
        int from = at;
        List<Node> choices = new ArrayList<>();
        choices.add(sequence());
        while (at < regex.length() && regex.charAt(at) == '|') {
            at++;
            choices.add(sequence());
        }
        return choices.size() == 1 ? choices.get(0) : new One(from, at, choices);
    }

    private Node sequence() {
        int from = at;
        List<Node> parts = new ArrayList<>();
        while (at < regex.length() && "|)".indexOf(regex.charAt(at)) < 0) {
            parts.add(counted(atom()));
        }
        return new All(from, at, parts);
    }

    private Node atom() {
        int from = at;
        char first = regex.charAt(at++);
        return switch (first) {
            case '(' -> group(from);
            case '[' -> members(from);
            case '^', '$' -> new Nothing(from, at);
            case '.' -> new Members(from, at, "\n\n", true);
            case '\\' -> escape(from);
            default -> new Literal(from, at, first);
        };
    }

    private Node group(int from) {
        if (regex.startsWith("?", at)) {
            at = regex.startsWith("?P<", at) ? regex.indexOf('>', at) + 1 : endOfFlags();
            if (regex.charAt(at - 1) == ')') {
                return new Nothing(from, at);
            }
        }
        Node inside = choices();
        at++;
        return new All(from, at, List.of(inside));
    }

    private int endOfFlags() {
        int end = at;
        while (":)".indexOf(regex.charAt(end)) < 0) {
            end++;
        }
        return end + 1;
    }

    private Node escape(int from) {
        char escaped = regex.charAt(at++);
        return switch (escaped) {
            case 'd' -> new Members(from, at, DIGITS, false);
            case 'w' -> new Members(from, at, WORD, false);
            case 'W' -> new Members(from, at, WORD, true);
            case 's' -> new Members(from, at, BLANKS, false);
            case 'S' -> new Members(from, at, BLANKS, true);
            case 'b' -> new Nothing(from, at);
            case 'n' -> new Literal(from, at, '\n');
            case 't' -> new Literal(from, at, '\t');
            case 'p' -> {
                at = regex.charAt(at) == '{' ? regex.indexOf('}', at) + 1 : at + 1;
                yield new Members(from, at, LETTERS, false);
            }
            default -> new Literal(from, at, escaped);
        };
    }

    private Node members(int from) {
        boolean negated = regex.charAt(at) == '^';
        at += negated ? 1 : 0;
        StringBuilder ranges = new StringBuilder();
        for (boolean first = true; first || regex.charAt(at) != ']'; first = false) {
            Node low = member();
            if (low instanceof Members known) {
                ranges.append(known.ranges());
                continue;
            }
            boolean range = regex.charAt(at) == '-' && regex.charAt(at + 1) != ']';
            at += range ? 1 : 0;
            ranges.append(((Literal) low).character()).append(((Literal) (range ? member() : low)).character());
        }
        at++;
        return new Members(from, at, ranges.toString(), negated);
    }

    private Node member() {
        int from = at++;
        return regex.charAt(from) == '\\' ? escape(from) : new Literal(from, at, regex.charAt(from));
    }

    private Node counted(Node node) {
        if (at == regex.length() || "?*+{".indexOf(regex.charAt(at)) < 0) {
            return node;
        }
        int end = regex.charAt(at) == '{' ? regex.indexOf('}', at) : at;
        String[] bounds = switch (regex.charAt(at)) {
            case '?' -> new String[] {"0", "1"};
            case '*' -> new String[] {"0", ""};
            case '+' -> new String[] {"1", ""};
            default -> regex.substring(at + 1, end).split(",", -1);
        };
        at = end + 1;
        at += regex.startsWith("?", at) ? 1 : 0;
        int least = Integer.parseInt(bounds[0]);
        String most = bounds[bounds.length - 1];
        return new Times(node.from(), at, node, least, most.isEmpty() ? least + SLACK : Integer.parseInt(most));
    }
}
