package io.clawsec.bench;

import io.clawsec.guard.Guard;
import io.clawsec.guard.GuardPolicy;
import io.clawsec.guard.GuardUnavailableException;
import io.clawsec.guard.GuardedText;
import io.clawsec.guard.rule.RulePack;
import io.clawsec.policyfile.PolicyFiles;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One text through the packaged rules and 250 synthetic ones, by each engine; a digest to compare machines by. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class GuardBenchmark {

    private static final int CALIBRATOR_BYTES = 1 << 20;

    /** The name of the text. */
    @Param("benign 1024")
    public String text = "";

    /** What has that name; the next of them each time. */
    private List<String> texts = List.of();

    private List<List<GuardedText>> guarded = List.of();
    private int turn;
    private Guard guard = new Guard(GuardPolicy.strict(List.of()));
    private OneByOne gatedRe2 = OneByOne.gatedRe2(List.of());
    private OneByOne backtracking = OneByOne.backtracking(List.of());
    private final byte[] megabyte = new byte[CALIBRATOR_BYTES];

    static List<RulePack> packs() {
        List<RulePack> packs = new ArrayList<>(PolicyFiles.packaged().load().packs());
        packs.addAll(SyntheticRules.packs());
        return packs;
    }

    @Setup
    public void prepare() {
        texts = BenchTexts.inTurn(text);
        guarded = texts.stream()
                .map(each -> List.of(new GuardedText("prompt", each)))
                .toList();
        List<RulePack> packs = packs();
        guard = new Guard(GuardPolicy.strict(packs));
        gatedRe2 = OneByOne.gatedRe2(
                packs.stream().flatMap(pack -> pack.rules().stream()).toList());
        backtracking = OneByOne.backtracking(
                packs.stream().flatMap(pack -> pack.rules().stream()).toList());
    }

    private int next() {
        turn = turn + 1 < texts.size() ? turn + 1 : 0;
        return turn;
    }

    /** The whole guard: views, match, confirm, validate, merge. */
    @Benchmark
    public int guard() {
        try {
            return guard.inspect(guarded.get(next())).findings().size();
        } catch (GuardUnavailableException refused) {
            return -1;
        }
    }

    @Benchmark
    public int gatedRe2() {
        return gatedRe2.scan(texts.get(next()));
    }

    @Benchmark
    public int backtracking() {
        try {
            return backtracking.scan(texts.get(next()));
        } catch (StackOverflowError deep) {
            return -1;
        }
    }

    /** SHA-256 of a megabyte of zeros. */
    @Benchmark
    public byte[] digest() throws NoSuchAlgorithmException {
        return MessageDigest.getInstance("SHA-256").digest(megabyte);
    }
}
