package io.clawsec.audit;

/** Says that bytes are not an audit record of the format this version reads; its message never quotes them. */
public final class UnreadableRecordException extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean ofUnknownVersion;

    private UnreadableRecordException(String message, boolean ofUnknownVersion) {
        super(message, null, false, false);
        this.ofUnknownVersion = ofUnknownVersion;
    }

    static UnreadableRecordException malformed(String what) {
        return new UnreadableRecordException("not an audit record: " + what, false);
    }

    static UnreadableRecordException ofVersion(long version) {
        return new UnreadableRecordException(
                "an audit record of format_version " + version + "; this version reads only "
                        + AuditRecord.FORMAT_VERSION,
                true);
    }

    /** Whether it may be a good record, made by another version of the program. */
    public boolean isOfUnknownVersion() {
        return ofUnknownVersion;
    }
}
