package io.clawsec.cli.demo;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The environment of the private server.
 *
 * @param port of the API
 * @param managementPort of the metrics
 * @param dataFolder for its database and its secret
 * @param modelUrl the backend's chat-completions URL
 * @param modelKey the backend's key
 */
record ServerEnvironment(int port, int managementPort, Path dataFolder, URI modelUrl, String modelKey) {

    /**
     * What a process needs in order to run at all. Everything else of the caller's stays out, known or not: the
     * caller's database, keys, proxies and Spring settings have no business in a demonstration.
     */
    private static final Set<String> INHERITED =
            Set.of("PATH", "HOME", "USER", "LOGNAME", "LANG", "LANGUAGE", "TZ", "LD_LIBRARY_PATH");

    /** The variables, given those of the caller. */
    Map<String, String> variables(Map<String, String> callers) {
        Map<String, String> variables = new TreeMap<>();
        callers.forEach((name, value) -> {
            if (INHERITED.contains(name) || name.startsWith("LC_")) {
                variables.put(name, value);
            }
        });
        variables.put("PORT", Integer.toString(port));
        variables.put("CLAWSEC_MANAGEMENT_PORT", Integer.toString(managementPort));
        variables.put("CLAWSEC_DATA_DIR", dataFolder.toString());
        variables.put("CLAWSEC_TOKEN_MODE", "development");
        variables.put("LLM_API_URL", modelUrl.toString());
        variables.put("LLM_API_KEY", modelKey);
        variables.put("LLM_MODEL", "demo-model");
        return variables;
    }
}
