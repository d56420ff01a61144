package io.clawsec.cli.demo;

import java.io.IOException;

/**
 * One step of the demonstration.
 *
 * @param title what it shows, in plain words
 * @param scene what happens in it
 */
record Step(String title, Scene scene) {

    /** Calls the server and notes what is to be seen and what is not as it should be. */
    interface Scene {
        void play(Stage stage, Notes notes) throws IOException, InterruptedException;
    }

    /** Plays the scene; a broken connection is a problem of the step, not the end of the demonstration. */
    Notes play(Stage stage) throws InterruptedException {
        Notes notes = new Notes();
        try {
            scene.play(stage, notes);
        } catch (IOException e) {
            notes.problem("the server could not be asked: " + e);
        }
        return notes;
    }
}
