/** JSON in and out. The only room that knows a JSON codec. */
@NullMarked
package io.clawsec.json;

import org.jspecify.annotations.NullMarked;
