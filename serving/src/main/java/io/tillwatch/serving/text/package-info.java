/** What all that is written for people has in common. */
package io.tillwatch.serving.text;
