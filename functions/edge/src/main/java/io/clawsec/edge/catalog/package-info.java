/** The functions of a process in Spring Cloud Function's catalog, and the door over them: the same for every transport. */
@NullMarked
package io.clawsec.edge.catalog;

import org.jspecify.annotations.NullMarked;
