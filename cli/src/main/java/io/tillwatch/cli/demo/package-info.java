/** The whole system on one machine, under traffic with known faults, and what it found held against what was done. */
package io.tillwatch.cli.demo;
