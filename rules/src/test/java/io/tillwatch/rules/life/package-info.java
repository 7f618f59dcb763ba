/** Lives of payments as text, for the tables of the tests. */
package io.tillwatch.rules.life;
