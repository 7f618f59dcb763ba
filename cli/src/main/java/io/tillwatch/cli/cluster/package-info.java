/**
 * The distributed form on this machine: each program a process that outlives the command that started it, with data that
 * outlive both. A part is started where it does not run, so that bringing everything up and mending what died are the same.
 */
package io.tillwatch.cli.cluster;
