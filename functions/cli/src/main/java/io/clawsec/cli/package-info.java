/**
 * The launcher's commands: one class each, arguments in, exit code out. What a command does beyond that has a package
 * of its own. Starting the server is not here: the launcher becomes the server without this in between.
 */
@NullMarked
package io.clawsec.cli;

import org.jspecify.annotations.NullMarked;
