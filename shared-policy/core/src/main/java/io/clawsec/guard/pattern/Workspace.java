package io.clawsec.guard.pattern;

/**
 * What one pass writes to and the next may use again: making it is a good part of what a harmless text costs. For one
 * pass at a time.
 */
record Workspace(Trail trail, QuietStates quiet) {

    Workspace() {
        this(new Trail(), new QuietStates());
    }
}
