/** HTTP as every door has it: routes, calls, responses, problem details. Does not belong here: any transport. */
@NullMarked
package io.clawsec.edge.http;

import org.jspecify.annotations.NullMarked;
