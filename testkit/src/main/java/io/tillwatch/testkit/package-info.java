/** Random lives of payments, random orders of reading them, and a watch that reads them as a job would. */
package io.tillwatch.testkit;
