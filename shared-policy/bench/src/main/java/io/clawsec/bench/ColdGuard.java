package io.clawsec.bench;

import io.clawsec.guard.Guard;
import io.clawsec.guard.GuardPolicy;
import io.clawsec.guard.GuardedText;
import io.clawsec.guard.rule.RulePack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Prints what a fresh process pays for a guard: CPU and memory over one that does nothing, from the rules in memory to
 * the first text judged.
 */
public final class ColdGuard {

    private static final int RUNS = 7;
    private static final int TEXT_CHARACTERS = 1_024;

    private ColdGuard() {}

    /** Starts processes of its own; {@code child guard} and {@code child nothing} are these. */
    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length == 2 && args[0].equals("child")) {
            child(args[1].equals("guard"));
            return;
        }
        for (String kind : List.of("nothing", "guard")) {
            for (int run = 0; run < RUNS; run++) {
                Process child = new ProcessBuilder(
                                ProcessHandle.current().info().command().orElse("java"),
                                "-cp",
                                System.getProperty("java.class.path"),
                                ColdGuard.class.getName(),
                                "child",
                                kind)
                        .inheritIO()
                        .start();
                child.waitFor();
            }
        }
    }

    private static void child(boolean guarded) {
        List<RulePack> packs = SyntheticRules.packs();
        String text = BenchTexts.named("benign " + TEXT_CHARACTERS);
        long cpu = cpuNanos();
        long start = System.nanoTime();
        int findings = 0;
        if (guarded) {
            Guard guard = new Guard(GuardPolicy.strict(packs));
            findings = guard.inspect(List.of(new GuardedText("prompt", text)))
                    .findings()
                    .size();
        }
        double cpuMillis = (cpuNanos() - cpu) / 1e6;
        double wallMillis = (System.nanoTime() - start) / 1e6;
        System.out.printf(
                Locale.ROOT,
                "%s: %.0f ms of CPU, %.0f ms, resident %.0f MB, %d findings%n",
                guarded ? "guard" : "nothing",
                cpuMillis,
                wallMillis,
                residentMegabytes(),
                findings);
    }

    /** What Linux says this process has in memory; elsewhere not a number. */
    private static double residentMegabytes() {
        try (Stream<String> status = Files.lines(Path.of("/proc/self/status"))) {
            return status.filter(line -> line.startsWith("VmRSS:"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1_024)
                    .findFirst()
                    .orElse(Double.NaN);
        } catch (IOException notLinux) {
            return Double.NaN;
        }
    }

    private static long cpuNanos() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(java.time.Duration::toNanos)
                .orElse(0L);
    }
}
