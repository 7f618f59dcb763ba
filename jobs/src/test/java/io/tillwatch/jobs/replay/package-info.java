/** Replays through the real jobs, over files written for each test. */
package io.tillwatch.jobs.replay;
