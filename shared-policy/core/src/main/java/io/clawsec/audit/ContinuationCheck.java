package io.clawsec.audit;

import io.clawsec.audit.Verification.Kind;
import io.clawsec.audit.Verification.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Checks the places that chains say they go on from, in memory for so many of them. A chain that the store does not hold
 * any more is no problem: it may have been purged; one that it holds must have the named record.
 */
final class ContinuationCheck {

    /** One statement of a first record, and what was seen of it. */
    private static final class Statement {

        private final Problem ifWrong;
        private final Continuation named;
        private boolean chainSeen;
        private boolean recordSeen;

        Statement(StoredRecord by, Continuation named) {
            this.ifWrong = new Problem(by.writerId(), by.sequence(), Kind.WRONG_CONTINUATION);
            this.named = named;
        }

        void see(StoredRecord record) {
            chainSeen = true;
            recordSeen |= record.sequence() == named.sequence() && record.hash().equals(named.hash());
        }

        boolean isWrong() {
            return chainSeen && !recordSeen;
        }
    }

    private final int most;
    private final Map<UUID, List<Statement>> statements = new LinkedHashMap<>();
    private int count;

    ContinuationCheck(int most) {
        this.most = most;
    }

    /** Remembers what a record says; false when there is no room left. */
    boolean expect(StoredRecord by, Continuation named) {
        if (count == most) {
            return false;
        }
        count++;
        statements
                .computeIfAbsent(named.writerId(), writer -> new ArrayList<>(1))
                .add(new Statement(by, named));
        return true;
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** Takes a record, in any order, after every statement was remembered. */
    void see(StoredRecord record) {
        List<Statement> about = statements.get(record.writerId());
        if (about != null) {
            about.forEach(statement -> statement.see(record));
        }
    }

    Stream<Problem> problems() {
        return statements.values().stream()
                .flatMap(List::stream)
                .filter(Statement::isWrong)
                .map(statement -> statement.ifWrong);
    }
}
