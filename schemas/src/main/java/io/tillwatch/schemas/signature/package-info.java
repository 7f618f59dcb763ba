/** Who wrote a command, and that it says what was written. */
package io.tillwatch.schemas.signature;
