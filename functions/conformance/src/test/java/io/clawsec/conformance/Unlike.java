package io.clawsec.conformance;

/**
 * Where the doors cannot answer a request alike, and why.
 *
 * @param reason a sentence for whoever reads the test's name; empty where all is alike
 * @param lambdaStatus where that differs
 * @param lambdaCode likewise
 */
record Unlike(Where where, String reason, int lambdaStatus, String lambdaCode) {

    static final Unlike NOTHING = new Unlike(Where.NOWHERE, "", 0, "");

    /** What differs. */
    enum Where {
        NOWHERE,
        BODY,
        STATUS_ON_LAMBDA,
        NOT_SENT_TO_LAMBDA
    }

    static Unlike inBody(String reason) {
        return new Unlike(Where.BODY, reason, 0, "");
    }

    static Unlike onLambda(int status, String code, String reason) {
        return new Unlike(Where.STATUS_ON_LAMBDA, reason, status, code);
    }

    static Unlike notOnLambda(String reason) {
        return new Unlike(Where.NOT_SENT_TO_LAMBDA, reason, 0, "");
    }

    @Override
    public String toString() {
        return switch (where) {
            case NOWHERE -> "";
            case BODY -> " [bodies differ: " + reason + "]";
            case STATUS_ON_LAMBDA -> " [" + lambdaStatus + " on Lambda: " + reason + "]";
            case NOT_SENT_TO_LAMBDA -> " [not on Lambda: " + reason + "]";
        };
    }
}
