/**
 * The jobs over files: the same graphs as live, bounded, over JSON lines in the order of arrival. Lines are read once,
 * into spools: sorted files of packed entries, so that any amount of input and output is put in order in little memory.
 */
package io.tillwatch.jobs.replay;
