package io.clawsec.cli.demo;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The demonstration: every step against a private server, and whether each of them was as it should be. */
public final class Demo {

    private final PrivateServer.Starter starter;
    private final Screen screen;

    Demo(PrivateServer.Starter starter, Screen screen) {
        this.starter = starter;
        this.screen = screen;
    }

    /** One whose server is a process of its own. */
    public static Demo ofChildProcess(ServerProgram program, Screen screen) {
        return new Demo((modelUrl, modelKey) -> ChildServer.start(program, modelUrl, modelKey), screen);
    }

    /** Runs it, and gives the exit code: 0 only if all was as it should be and nothing is left behind. */
    public int run() {
        try {
            List<String> wrong = play();
            if (wrong.isEmpty()) {
                screen.summary(
                        true, "All steps are as they should be. The server is stopped and its files are deleted.");
                return 0;
            }
            screen.summary(false, "Not as it should be: " + String.join("; ", wrong) + ".");
            return 1;
        } catch (IOException e) {
            screen.summary(false, "The demonstration cannot go on: " + e.getMessage());
            return 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            screen.summary(false, "Interrupted.");
            return 1;
        }
    }

    /** The titles of the steps that were not as they should be. */
    private List<String> play() throws IOException, InterruptedException {
        screen.say("Starting a private server and a model backend that says what it is told…");
        // Made up: it opens this one backend, for as long as the demonstration runs.
        String modelKey = "demo-" + UUID.randomUUID();
        List<String> wrong = new ArrayList<>();
        try (DemoBackend backend = DemoBackend.start(modelKey);
                PrivateServer server = starter.start(backend.url(), modelKey)) {
            screen.heading("ClawSec at " + server.address() + ", the model at " + backend.url());
            Stage stage = new Stage(new ClawSecClient(server.address()), backend);
            for (Step step : DemoSteps.all()) {
                Notes notes = step.play(stage);
                if (server.ending()) {
                    throw new InterruptedException("this process was told to end");
                }
                screen.step(step.title(), notes);
                if (!notes.problems().isEmpty()) {
                    wrong.add(step.title());
                }
            }
        }
        return wrong;
    }
}
