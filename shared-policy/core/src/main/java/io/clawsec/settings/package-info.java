/**
 * What an administrator may change while the product runs: the fields, where their values come from, and how a change is
 * made. Belongs here: what is decided. Does not: stores, HTTP, the environment.
 */
@NullMarked
package io.clawsec.settings;

import org.jspecify.annotations.NullMarked;
