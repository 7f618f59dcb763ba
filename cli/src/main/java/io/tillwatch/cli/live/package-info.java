/** A live system on this machine: a real broker, the real jobs in a process of their own, and traffic whose truth is known. */
package io.tillwatch.cli.live;
