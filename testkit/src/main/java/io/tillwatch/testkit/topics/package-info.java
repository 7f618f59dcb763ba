/** Topics with payments whose stories are known, for tests that ask about them. */
package io.tillwatch.testkit.topics;
