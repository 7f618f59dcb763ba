/**
 * Random lives of payments, random orders of reading them, a watch that reads them as a job would, and a disk
 * without room.
 */
package io.tillwatch.testkit;
