package io.clawsec.cli.policy;

import io.clawsec.policyfile.PolicyFiles;
import java.nio.file.Path;
import java.util.Map;

/** Which policy files count where a command names none: those that a server would read from the same environment. */
public final class ActiveFiles {

    private static final String FOLDER = "CLAWSEC_POLICY_DIR";

    private ActiveFiles() {}

    /** The files of the folder that the environment names, over the packaged ones; these alone where it names none. */
    public static PolicyFiles of(Map<String, String> environment) {
        String folder = environment.getOrDefault(FOLDER, "");
        return folder.isBlank() ? PolicyFiles.packaged() : PolicyFiles.in(Path.of(folder));
    }
}
