/** What the tests of the jobs are given: facts of payments, values by chance, operators to try one by one. */
package io.tillwatch.jobs.given;
