package io.clawsec.guard.pattern;

import java.util.List;

/** A pattern's syntax tree. Of its captures only the group that is the span is there. */
sealed interface Regex {

    Regex EMPTY = new Sequence(List.of());

    /** Whether it can match without taking a character. */
    boolean nullable();

    /** How many positions it has when every repeat is written out, at most about {@link Integer#MAX_VALUE}. */
    int size();

    /** Whether something that may be empty is repeated without end; what that prefers is not agreed between engines. */
    boolean loopsOnNothing();

    /** One code point of a set. */
    record One(CodePoints set) implements Regex {
        @Override
        public boolean nullable() {
            return false;
        }

        @Override
        public boolean loopsOnNothing() {
            return false;
        }

        @Override
        public int size() {
            return 1;
        }
    }

    /** A condition on the characters on either side. */
    record Condition(Assertion assertion) implements Regex {
        @Override
        public boolean nullable() {
            return true;
        }

        @Override
        public boolean loopsOnNothing() {
            return false;
        }

        @Override
        public int size() {
            return 1;
        }
    }

    /** The group that is reported as the span. */
    record Value(Regex body) implements Regex {
        @Override
        public boolean nullable() {
            return body.nullable();
        }

        @Override
        public boolean loopsOnNothing() {
            return body.loopsOnNothing();
        }

        @Override
        public int size() {
            return (int) Math.min(Integer.MAX_VALUE, body.size() + 2L);
        }
    }

    /** One after the other. */
    record Sequence(List<Regex> parts) implements Regex {
        public Sequence {
            parts = List.copyOf(parts);
        }

        @Override
        public boolean nullable() {
            for (Regex part : parts) {
                if (!part.nullable()) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public boolean loopsOnNothing() {
            return parts.stream().anyMatch(Regex::loopsOnNothing);
        }

        @Override
        public int size() {
            return Regex.sum(parts);
        }
    }

    /** One of several. */
    record Choice(List<Regex> branches) implements Regex {
        public Choice {
            branches = List.copyOf(branches);
        }

        @Override
        public boolean nullable() {
            return branches.stream().anyMatch(Regex::nullable);
        }

        @Override
        public boolean loopsOnNothing() {
            return branches.stream().anyMatch(Regex::loopsOnNothing);
        }

        @Override
        public int size() {
            return Regex.sum(branches);
        }
    }

    /**
     * Again and again.
     *
     * @param max {@link #UNBOUNDED}, or how often at most
     * @param greedy whether more is tried before less
     */
    record Repeat(Regex body, int min, int max, boolean greedy) implements Regex {

        static final int UNBOUNDED = -1;

        @Override
        public boolean nullable() {
            return min == 0 || body.nullable();
        }

        @Override
        public boolean loopsOnNothing() {
            return (max == UNBOUNDED && body.nullable()) || body.loopsOnNothing();
        }

        @Override
        public int size() {
            long copies = Math.max(1, Math.max(min, max));
            return (int) Math.min(Integer.MAX_VALUE, copies * body.size());
        }
    }

    private static int sum(List<Regex> parts) {
        long sum = 0;
        for (Regex part : parts) {
            sum += part.size();
        }
        return (int) Math.min(Integer.MAX_VALUE, sum);
    }
}
