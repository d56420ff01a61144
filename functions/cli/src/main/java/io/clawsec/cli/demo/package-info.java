/**
 * The demonstration: a private server, a model backend that says what it is told, the steps and what they must show.
 * It sees the server as any caller does, over HTTP alone; no class of the server is used here.
 */
@NullMarked
package io.clawsec.cli.demo;

import org.jspecify.annotations.NullMarked;
