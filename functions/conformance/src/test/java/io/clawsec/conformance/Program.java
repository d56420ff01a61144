package io.clawsec.conformance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

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

    /** The program that is made of this module. */
    static Program ofModule(String module) {
        return Stream.of(values())
                .filter(program -> program.module.equals(module))
                .findFirst()
                .orElseThrow();
    }

    Path jar() {
        Path jar = Clone.TOP.resolve("functions/" + module + "/target/clawsec-" + module + ".jar");
        if (!Files.isRegularFile(jar)) {
            throw new AssertionError("there is no " + jar + ": package functions/" + module + " first");
        }
        return jar;
    }
}
