/** The graphs of both jobs: what they are made of, and that they tell the same however they are run. */
package io.tillwatch.jobs.pipeline;
