/** Which records are let in, and by which code a bad one is refused. */
package io.tillwatch.rules.admission;
