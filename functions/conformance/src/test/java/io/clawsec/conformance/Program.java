package io.clawsec.conformance;

import java.nio.file.Files;
import java.nio.file.Path;

/** The programs that serve: each a jar with its libraries beside it. */
enum Program {
    ALL_IN_ONE("all-in-one"),
    ISSUE_TOKEN("issue-token"),
    QUERY("query"),
    AUDIT("audit"),
    ADMIN("admin");

    private final String module;

    Program(String module) {
        this.module = module;
    }

    Path jar() {
        Path jar = Clone.TOP.resolve("functions/" + module + "/target/clawsec-" + module + ".jar");
        if (!Files.isRegularFile(jar)) {
            throw new AssertionError("there is no " + jar + ": package functions/" + module + " first");
        }
        return jar;
    }
}
