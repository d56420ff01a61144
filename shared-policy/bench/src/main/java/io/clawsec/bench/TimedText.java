package io.clawsec.bench;

/** A text that can be read until a deadline, for a backtracking search heeds nothing else. Not for several threads. */
final class TimedText implements CharSequence {

    /** Characters that are read between looks at the clock. */
    private static final int READS = 4_096;

    private final CharSequence text;
    private final long deadlineNanos;
    private int reads;

    /**
     * The text, from now on.
     *
     * @param deadlineNanos by {@link System#nanoTime()}
     */
    TimedText(CharSequence text, long deadlineNanos) {
        this.text = text;
        this.deadlineNanos = deadlineNanos;
    }

    /** The deadline has passed. */
    static final class LateException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        LateException() {
            super("it takes too long");
        }
    }

    @Override
    public char charAt(int index) {
        if (++reads % READS == 0 && System.nanoTime() - deadlineNanos > 0) {
            throw new LateException();
        }
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return new TimedText(text.subSequence(start, end), deadlineNanos);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
