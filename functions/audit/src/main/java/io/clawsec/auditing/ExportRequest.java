package io.clawsec.auditing;

import io.clawsec.audit.AuditQuery;
import java.util.List;

/**
 * Which events to export.
 *
 * @param first asks for the first page
 * @param limit how many events at most; {@link Long#MAX_VALUE} for all
 * @param filters the names of the parameters that were given, in their order
 */
record ExportRequest(AuditQuery first, long limit, List<String> filters) {

    /** The largest limit that a caller may name; who wants more names none. */
    static final long MOST = 999_999_999;

    /** How many events are in memory at once. An event has 64 KB at most, and one as a rule. */
    static final int PAGE = 250;

    ExportRequest {
        filters = List.copyOf(filters);
    }
}
