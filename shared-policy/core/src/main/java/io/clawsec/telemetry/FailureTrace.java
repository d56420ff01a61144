package io.clawsec.telemetry;

/**
 * What a log may say of an exception: the classes and the places. Messages are left out, for a message may quote a
 * prompt, a token or a key.
 */
public final class FailureTrace {

    private static final int MOST_CAUSES = 5;
    private static final int MOST_FRAMES = 6;

    private FailureTrace() {}

    /** One line. */
    public static String of(Throwable thrown) {
        StringBuilder text = new StringBuilder();
        Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < MOST_CAUSES; depth++, cause = cause.getCause()) {
            text.append(depth == 0 ? "" : " caused by ").append(cause.getClass().getName());
            StackTraceElement[] trace = cause.getStackTrace();
            for (int i = 0; i < Math.min(trace.length, MOST_FRAMES); i++) {
                text.append(" at ").append(trace[i]);
            }
        }
        return text.toString();
    }
}
