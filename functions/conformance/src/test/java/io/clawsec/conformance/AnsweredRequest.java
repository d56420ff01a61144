package io.clawsec.conformance;

/**
 * A request that was answered.
 *
 * @param text what was asked and answered, the same wherever the same was
 * @param id under which the answer says it was kept; empty where it says none
 */
record AnsweredRequest(String text, String id) {

    private static final int LONGEST_TARGET = 100;

    static AnsweredRequest of(Ask ask, Reply reply) {
        String target = ask.target();
        String shown = target.length() > LONGEST_TARGET ? target.substring(0, LONGEST_TARGET) + "…" : target;
        return new AnsweredRequest(ask.method() + " " + shown + " → " + reply.status(), reply.header("X-Request-Id"));
    }
}
