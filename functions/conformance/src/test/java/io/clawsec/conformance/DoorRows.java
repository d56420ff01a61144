package io.clawsec.conformance;

import io.clawsec.identity.jwt.PrivateTokenKey.GeneratedPair;
import java.util.stream.Stream;

/** The one table of requests that every door must answer alike. */
final class DoorRows {

    private DoorRows() {}

    /**
     * All of them.
     *
     * @param keys what sound tokens are signed with
     */
    static Stream<DoorRow> all(GeneratedPair keys) {
        return Stream.of(
                        PromptRows.all(),
                        GuardRows.all(),
                        BodyRows.all(),
                        TokenRows.all(),
                        CallerRows.all(keys),
                        PathRows.all(),
                        AuditRows.all(),
                        AdminRows.all(),
                        FailureRows.all())
                .flatMap(rows -> rows);
    }
}
